import type { Page } from 'playwright-core'

const mostTabs = 600

/** What has the focus, by its label, legend or text; undefined in a frame or where nothing has it. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement
    if (!element || element === document.body || element.tagName === 'IFRAME') return undefined
    const words =
      (element as HTMLInputElement).labels?.[0]?.textContent ??
      element.getAttribute('aria-label') ??
      element.textContent
    return words.replace(/\s+/g, ' ').trim()
  })

/** Presses Tab, and nothing else, until what is so called has the focus; throws, saying what was met, if it never does. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const met: string[] = []
  for (let tabs = 0; tabs < mostTabs; tabs += 1) {
    const words = await focused(page)
    if (words !== undefined) {
      if (typeof name === 'string' ? words === name : name.test(words)) return
      if (met.at(-1) !== words) met.push(words)
      // Once round: it is not here, or not yet.
      if (met.length > 20 && met.slice(0, -1).lastIndexOf(words) > 3) await page.waitForTimeout(20)
    }
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never led to ${String(name)}, only to:\n${[...new Set(met)].join('\n')}`)
}

/** Tabs to a button or link and presses it. */
export async function press(page: Page, name: string | RegExp): Promise<void> {
  await tabTo(page, name)
  await page.keyboard.press('Enter')
}

/** Tabs to a field and types in the place of what it holds. */
export async function typeInto(page: Page, name: string | RegExp, text: string): Promise<void> {
  await tabTo(page, name)
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type(text)
}

/** Tabs to a box, or to the first of several buttons of which one is chosen, and presses the space bar. */
export async function tick(page: Page, name: string | RegExp): Promise<void> {
  await tabTo(page, name)
  await page.keyboard.press('Space')
}

/** Tabs to a drop-down and goes to the entry by typing how it begins. */
export async function choose(page: Page, name: string | RegExp, entry: string): Promise<void> {
  await tabTo(page, name)
  await page.keyboard.type(entry)
  const chosen = await page.evaluate(() => (document.activeElement as HTMLSelectElement).selectedOptions[0]?.text)
  if (!chosen?.startsWith(entry)) throw new Error(`${String(name)} is at “${chosen}”, not at “${entry}”`)
}

/** Waits until an empty field has the focus, as after adding something, and types. */
export async function typeHere(page: Page, text: string): Promise<void> {
  await page.waitForFunction(() => {
    const element = document.activeElement
    const isField = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
    return isField && element.value === ''
  })
  await page.keyboard.type(text)
}
