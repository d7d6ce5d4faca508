export type Value = string | number | boolean | null | undefined

/** A line of a file that a spreadsheet opens and runs nothing of. */
export const csvLine = (values: readonly Value[]): string => `${values.map(csvField).join(',')}\r\n`

function csvField(value: Value): string {
  if (value === null || value === undefined) return ''
  if (typeof value !== 'string') return String(value)
  // Excel, LibreOffice and Google Sheets run a field that starts so.
  const text = /^[\s]*[=+\-@]|^[\t\r\n]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
