import type { Page } from 'playwright-core'
import { surveyRoot } from './questionnaire.ts'
import type { Visitor } from './visitor.ts'

const mostPages = 60

/** What can be pressed without choosing: a label, a radio or a check box is a choice. */
const pressable = 'a[href], button, summary, input[type=submit], input[type=button], [role=button]'

export interface Scan {
  /** Every address that was opened. */
  opened: string[]
  /** How many buttons and links were pressed. */
  presses: number
}

/** Waits until the page can do whatever it will: until its scripts have taken over. */
async function settle({ page, javaScript }: Visitor): Promise<void> {
  await page.waitForLoadState('load')
  if (javaScript && (await page.locator('#respond').count()) > 0) await surveyRoot(page).waitFor()
}

const addressesOn = (page: Page): Promise<string[]> =>
  page.locator('a[href]').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href))

const withoutFragment = (address: string): string => address.replace(/#.*/, '')

/**
 * What mail scanners do with a link: HEAD, GET, then a browser that follows every link of the site and presses every button that
 * it sees, without choosing or typing.
 */
export async function scan(visitor: Visitor, links: readonly string[]): Promise<Scan> {
  const { page } = visitor
  const { origin } = new URL(links[0]!)
  const waiting = [...links]
  const opened = new Set<string>()
  let presses = 0
  const find = (address: string) => {
    const found = withoutFragment(address)
    if (new URL(found).origin === origin && !opened.has(found) && !waiting.includes(found)) waiting.push(found)
  }
  for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
    if (opened.size >= mostPages) throw new Error(`There is no end of pages: ${[...opened].join('\n')}`)
    opened.add(address)
    await page.request.fetch(address, { method: 'HEAD', maxRedirects: 5 })
    await page.request.get(address, { maxRedirects: 5 })
    await page.goto(address)
    await settle(visitor)
    for (const found of await addressesOn(page)) find(found)
    presses += await pressAll(visitor, address, find)
  }
  return { opened: [...opened], presses }
}

/** Presses what a page shows, one after the other, each time on the page as it was first; links to other pages are opened by themselves. */
async function pressAll(visitor: Visitor, address: string, find: (address: string) => void): Promise<number> {
  const { page } = visitor
  const shown = page.locator(pressable)
  const count = await shown.count()
  let presses = 0
  for (let index = 0; index < count; index += 1) {
    const target = shown.nth(index)
    if ((await target.getAttribute('href')) !== null || !(await target.isVisible())) continue
    await target.click()
    presses += 1
    // The page's own scripts may go on without loading a page.
    if (visitor.javaScript) await page.waitForLoadState('networkidle')
    find(page.url())
    for (const found of await addressesOn(page)) find(found)
    // A refused form, shown again, has its button too.
    const again = page.locator('main form button').first()
    if ((await again.count()) > 0 && (await again.isVisible())) await again.click()
    await page.goto(address)
    await settle(visitor)
  }
  return presses
}
