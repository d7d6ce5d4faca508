import { useId, type ReactNode } from 'react'
import { Link } from 'react-router'

export interface Task {
  name: string
  /** Where it is done; without it the task cannot be started yet. */
  to?: string
  hint?: ReactNode
  /** Left out where there is nothing to have done: a page to look at. */
  status?: ReactNode
}

export function TaskList({ tasks }: { tasks: readonly Task[] }) {
  const id = useId()
  return (
    <ul className="govuk-task-list">
      {tasks.map(({ name, to, hint, status }, index) => (
        <li className={`govuk-task-list__item${to ? ' govuk-task-list__item--with-link' : ''}`} key={name}>
          <div className="govuk-task-list__name-and-hint">
            {to ? (
              <Link
                className="govuk-link govuk-task-list__link"
                to={to}
                aria-describedby={status ? `${id}-${index}` : undefined}
              >
                {name}
              </Link>
            ) : (
              <div>{name}</div>
            )}
            {hint ? <div className="govuk-task-list__hint">{hint}</div> : null}
          </div>
          {status ? (
            <div
              className={`govuk-task-list__status${to ? '' : ' govuk-task-list__status--cannot-start-yet'}`}
              id={`${id}-${index}`}
            >
              {status}
            </div>
          ) : null}
        </li>
      ))}
    </ul>
  )
}
