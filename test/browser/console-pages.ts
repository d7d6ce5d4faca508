import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { MailServer } from './mail-server.ts'

/** What somebody does and reads in the console. `base`: the address that paths go on from. */
export function consolePages(page: Page, base: string) {
  const visit = async (path: string) => {
    await page.goto(`${base}${path}`)
    await page.locator('#console h1').waitFor()
  }
  const press = (name: string) => page.getByRole('button', { name }).click()
  const says = (text: string) => page.getByText(text).first().waitFor()
  const typeDay = async (group: string, day: string, month: string, year: string) => {
    const fields = page.getByRole('group', { name: group })
    for (const [part, value] of Object.entries({ Day: day, Month: month, Year: year }))
      await fields.getByLabel(part, { exact: true }).fill(value)
  }
  /** The rows of a table that the page shows, each by its column heads. */
  const readTable = async (caption: string): Promise<Record<string, string>[]> => {
    const table = page.getByRole('table', { name: caption, exact: true })
    await table.waitFor()
    const heads = await table.locator('thead th').allInnerTexts()
    const rows = await table.locator('tbody tr').all()
    const texts = await Promise.all(rows.map((row) => row.locator('th, td').allInnerTexts()))
    return texts.map((cells) => Object.fromEntries(cells.map((cell, index) => [heads[index]!, cell.trim()])))
  }
  const columns = async (caption: string, ...heads: string[]) =>
    (await readTable(caption)).map((row) => heads.map((head) => row[head]))
  return { page, visit, press, says, typeDay, readTable, columns }
}

/** Asks for a link on the sign-in page, and follows it from the e-mail into the console. */
export async function signInByMail(
  page: Page,
  { address, person, mailServer }: { address: string; person: string; mailServer: MailServer },
): Promise<void> {
  const mails = () => mailServer.mails.filter(({ to }) => to === person)
  const before = mails().length
  await page.goto(`${address}/sign-in`)
  await page.getByLabel('Email address').fill(person)
  await page.getByRole('button', { name: 'Send me a link' }).click()
  await expect.poll(() => mails().length).toBe(before + 1)
  await page.goto(/http\S+\/sign-in\/\S+/.exec(mails().at(-1)!.text)![0])
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.waitForURL('**/console/**')
}
