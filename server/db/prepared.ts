import type { Db } from './open.ts'

/**
 * A query that is built and compiled once per connection: for the few that every request of a respondent makes, where building one
 * anew takes several times as long as running it. What varies is `sql.placeholder`.
 */
export function prepared<Query>(build: (db: Db) => Query): (db: Db) => Query {
  const known = new WeakMap<object, Query>()
  return (db) => {
    // A transaction shares the session, and with it the connection, of its database.
    const { session } = db as unknown as { session: object }
    const query = known.get(session) ?? build(db)
    known.set(session, query)
    return query
  }
}
