import { Link, useSearchParams } from 'react-router'
import { formatNumber } from './format.ts'

/** Leads to the page before and after, keeping the rest of the address; nothing where there is one page. */
export function Pagination({ page, pages, label }: { page: number; pages: number; label: string }) {
  const [search] = useSearchParams()
  if (pages <= 1) return null
  const to = (other: number) => {
    const changed = new URLSearchParams(search)
    changed.set('page', String(other))
    return `?${changed.toString()}`
  }
  return (
    <nav className="govuk-pagination" aria-label={label}>
      {page > 1 ? (
        <div className="govuk-pagination__prev">
          <Link className="govuk-link govuk-pagination__link" to={to(page - 1)} rel="prev">
            <span className="govuk-pagination__link-title">
              Previous<span className="govuk-visually-hidden"> page</span>
            </span>
          </Link>
        </div>
      ) : null}
      <p className="govuk-body govuk-!-margin-bottom-0 govuk-pagination__item">
        Page {formatNumber(page)} of {formatNumber(pages)}
      </p>
      {page < pages ? (
        <div className="govuk-pagination__next">
          <Link className="govuk-link govuk-pagination__link" to={to(page + 1)} rel="next">
            <span className="govuk-pagination__link-title">
              Next<span className="govuk-visually-hidden"> page</span>
            </span>
          </Link>
        </div>
      ) : null}
    </nav>
  )
}
