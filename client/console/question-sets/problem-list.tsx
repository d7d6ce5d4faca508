import { Link } from 'react-router'
import type { DraftCheck } from '../../../server/question-sets/schema/drafts.ts'
import { editorAddress } from './editor/places.ts'

/** What is missing in a draft or worth a thought, each a link to its place. */
export const ProblemList = ({ slug, list }: { slug: string; list: DraftCheck['problems'] }) => (
  <ul className="govuk-list govuk-list--bullet">
    {list.map(({ place, where, message }) => (
      <li key={`${place} ${message}`}>
        <Link className="govuk-link" to={editorAddress(slug, place)}>
          {where}: {message}
        </Link>
      </li>
    ))}
  </ul>
)
