import { Link } from 'react-router'
import { useEditor, type Remark } from './editor-context.ts'
import { editorAddress } from './places.ts'

/** What is missing and what is worth a thought at a path and below it; each leads to its field. */
export function Remarks({ path, except }: { path: string; except?: string }) {
  const { remarks } = useEditor()
  const here = remarks.filter(
    ({ place }) =>
      (place === path || place.startsWith(`${path}.`)) && !(except !== undefined && place.startsWith(`${except}.`)),
  )
  if (here.length === 0) return null
  const missing = here.filter(({ severity }) => severity === 'problem')
  const advice = here.filter(({ severity }) => severity === 'advice')
  return (
    <div className="app-remarks">
      {missing.length > 0 ? <List path={path} title="Missing here" remarks={missing} /> : null}
      {advice.length > 0 ? <List path={path} title="Worth another look" remarks={advice} /> : null}
    </div>
  )
}

function List({ path, title, remarks }: { path: string; title: string; remarks: Remark[] }) {
  const { slug } = useEditor()
  return (
    <>
      <h3 className="govuk-heading-s">{title}</h3>
      <ul className="govuk-list govuk-list--bullet">
        {remarks.map(({ place, where, message }) => (
          <li key={`${place} ${message}`}>
            <Link className="govuk-link" to={editorAddress(slug, place)} preventScrollReset>
              {/\.\d+\.[a-z]+$/i.test(place.slice(path.length)) ? `${where.split(', ').at(-1)}: ` : ''}
              {message}
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}
