/**
 * One line of text without control or invisible characters, blanks collapsed. The copy is deliberate: a parser's
 * string is a slice that would keep its whole chunk of the file in memory for as long as the value lives.
 */
export function cleanText(text: string): string {
  const line = text
    .replace(/\p{Cf}+/gu, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
  return Buffer.from(line).toString()
}

/** Column names compare without case, line breaks or repeated blanks. */
export const columnKey = (text: string): string => cleanText(text).toLowerCase()
