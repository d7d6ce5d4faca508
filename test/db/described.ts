import { Column, is } from 'drizzle-orm'
import { CasingCache } from 'drizzle-orm/casing'
import { getTableConfig, SQLiteBaseInteger, SQLiteSyncDialect, SQLiteTable, type Index } from 'drizzle-orm/sqlite-core'
import type { OpenDatabase } from '../../server/db/open.ts'

/** A table in words that `schema.ts` and SQLite's own catalogue can both be put into. */
interface Described {
  /** By name: type, default and nullability. */
  columns: Record<string, string>
  primaryKey: string[]
  autoIncrement: boolean
  /** By name: uniqueness, columns and condition. */
  indexes: Record<string, string>
  /** Sorted: columns, target and actions. */
  foreignKeys: string[]
}

const describeColumn = (type: string, fallback: string | null, notNull: boolean) =>
  `${type.toLowerCase()}${fallback === null ? '' : ` default ${fallback}`}${notNull ? ' not null' : ''}`
const describeIndex = (unique: boolean, columns: readonly string[], where: string | undefined) =>
  `${unique ? 'unique ' : ''}(${columns.join(', ')})${where === undefined ? '' : ` where ${where}`}`
const describeKey = (
  from: readonly string[],
  table: string,
  to: readonly string[],
  onDelete: string,
  onUpdate: string,
) => `(${from.join(', ')}) -> ${table}(${to.join(', ')}) on delete ${onDelete} on update ${onUpdate}`.toLowerCase()

/** Every table that a module of tables states. */
export function describeSchema(schema: Record<string, unknown>): Record<string, Described> {
  const tables = Object.values(schema).filter((value) => is(value, SQLiteTable))
  return Object.fromEntries(tables.map((table) => [getTableConfig(table).name, describeTable(table)]))
}

const dialect = new SQLiteSyncDialect({ casing: 'snake_case' })
const casing = new CasingCache('snake_case')
const nameOf = (column: Column) => casing.getColumnCasing(column)
const namesOf = (columns: readonly Column[]) => columns.map(nameOf)

function describeTable(table: SQLiteTable): Described {
  const { columns, indexes, foreignKeys, primaryKeys, uniqueConstraints } = getTableConfig(table)
  if (uniqueConstraints.length > 0)
    throw new Error('A unique constraint over columns is not described: use uniqueIndex.')
  return {
    columns: Object.fromEntries(
      columns.map((column) => [nameOf(column), describeColumn(column.getSQLType(), defaultOf(column), column.notNull)]),
    ),
    primaryKey:
      primaryKeys.length > 0 ? namesOf(primaryKeys[0]!.columns) : namesOf(columns.filter((one) => one.primary)),
    autoIncrement: columns.some((column) => is(column, SQLiteBaseInteger) && column.autoIncrement),
    indexes: Object.fromEntries([
      ...columns
        .filter((column) => column.isUnique)
        .map((column) => [column.uniqueName!, describeIndex(true, [nameOf(column)], undefined)] as const),
      ...indexes.map((stated) => [stated.config.name, describeStatedIndex(stated)] as const),
    ]),
    foreignKeys: foreignKeys
      .map((key) => {
        const { columns: from, foreignTable, foreignColumns } = key.reference()
        const target = getTableConfig(foreignTable).name
        const { onDelete = 'no action', onUpdate = 'no action' } = key
        return describeKey(namesOf(from), target, namesOf(foreignColumns), onDelete, onUpdate)
      })
      .sort(),
  }
}

/** As SQL writes it; null where there is none. */
function defaultOf({ default: value }: Column): string | null {
  if (value === undefined) return null
  if (typeof value === 'boolean' || typeof value === 'number') return String(value)
  if (typeof value === 'string') return `'${value}'`
  throw new Error('A default of this kind is not described.')
}

function describeStatedIndex({ config }: Index): string {
  const columns = config.columns.map((column) => {
    if (is(column, Column)) return nameOf(column)
    throw new Error(`The index ${config.name} is over an expression, which is not described.`)
  })
  return describeIndex(config.unique, columns, config.where && dialect.sqlToQuery(config.where).sql)
}

interface ForeignKeyRow {
  id: number
  table: string
  from: string
  to: string
  on_update: string
  on_delete: string
}

/** Every table that a database has, SQLite's and the migrator's own left out. */
export function describeDatabase({ $client }: OpenDatabase): Record<string, Described> {
  const rows = <Row>(statement: string, ...values: string[]) => $client.prepare(statement).all(...values) as Row[]
  const tables = rows<{ name: string; sql: string }>(
    "select name, sql from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\' and name <> '__drizzle_migrations'",
  )
  return Object.fromEntries(
    tables.map(({ name: table, sql }) => {
      const columns = rows<{ name: string; type: string; notnull: number; dflt_value: string | null; pk: number }>(
        'select * from pragma_table_xinfo(?)',
        table,
      )
      const indexes = rows<{ name: string; unique: number; origin: string }>(
        'select * from pragma_index_list(?)',
        table,
      )
      const keys = Map.groupBy(
        rows<ForeignKeyRow>('select * from pragma_foreign_key_list(?) order by id, seq', table),
        (row) => row.id,
      )
      const described: Described = {
        columns: Object.fromEntries(
          columns.map((one) => [one.name, describeColumn(one.type, one.dflt_value, one.notnull === 1)]),
        ),
        primaryKey: columns
          .filter((one) => one.pk > 0)
          .sort((one, other) => one.pk - other.pk)
          .map((one) => one.name),
        autoIncrement: /\bautoincrement\b/i.test(sql),
        indexes: Object.fromEntries(
          indexes
            .filter(({ origin }) => origin !== 'pk')
            .map(({ name, unique }) => [name, describeStoredIndex(rows, name, unique === 1)]),
        ),
        foreignKeys: [...keys.values()]
          .map((key) => {
            const { table: target, on_delete: onDelete, on_update: onUpdate } = key[0]!
            const [from, to] = [key.map((row) => row.from), key.map((row) => row.to)]
            return describeKey(from, target, to, onDelete, onUpdate)
          })
          .sort(),
      }
      return [table, described]
    }),
  )
}

type Rows = <Row>(statement: string, ...values: string[]) => Row[]

function describeStoredIndex(rows: Rows, name: string, unique: boolean): string {
  const columns = rows<{ name: string | null; desc: number }>(
    'select * from pragma_index_xinfo(?) where key = 1 order by seqno',
    name,
  )
  const [stored] = rows<{ sql: string | null }>("select sql from sqlite_master where type = 'index' and name = ?", name)
  const where = /\)\s+where\s+(.*)$/is.exec(stored?.sql ?? '')?.[1]
  return describeIndex(
    unique,
    columns.map((column) => `${column.name}${column.desc === 1 ? ' desc' : ''}`),
    where,
  )
}
