import type { Page } from 'playwright-core'

const mostTabs = 1500

/** What has the focus, by its label, legend or text; undefined in a frame or where nothing has it. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement
    // A heading may have the focus too, and cannot be pressed.
    if (!(element instanceof HTMLElement) || element.tabIndex < 0 || element.tagName === 'IFRAME') return undefined
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
      if (met.length > 20 && met.slice(0, -1).lastIndexOf(words) > 3) await page.waitForTimeout(40)
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

/** Tabs to a drop-down and goes to the entry by typing how it begins; once more where the letters came too far apart to be one word. */
export async function choose(page: Page, name: string | RegExp, entry: string): Promise<void> {
  await tabTo(page, name)
  let chosen: string | undefined
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    await page.keyboard.type(entry)
    chosen = await page.evaluate(() => (document.activeElement as HTMLSelectElement).selectedOptions[0]?.text)
    if (chosen?.startsWith(entry)) return
    // Longer than a browser waits for the next letter of a word.
    await page.waitForTimeout(1500)
  }
  throw new Error(`${String(name)} is at “${chosen}”, not at “${entry}”`)
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

/** Tabs to a group of radio buttons, beginning with the one called `first`, and goes down it to another. */
export async function pick(page: Page, first: string | RegExp, wanted: RegExp): Promise<void> {
  await tick(page, first)
  for (let presses = 0; presses < 20; presses += 1) {
    if (wanted.test((await focused(page)) ?? '')) return
    await page.keyboard.press('ArrowDown')
  }
  throw new Error(`There is no ${String(wanted)} below ${String(first)}.`)
}

/** Tabs to the next date that is asked for, and types it. */
export async function typeDate(page: Page, [day, month, year]: [string, string, string]): Promise<void> {
  await typeInto(page, 'Day', day)
  await typeInto(page, 'Month', month)
  await typeInto(page, 'Year', year)
}

/** Waits until a page of the console is there: its heading, so called, has been given the focus. */
export async function arriveAt(page: Page, heading: string): Promise<void> {
  await page
    .waitForFunction(
      (words) => document.activeElement?.id === 'page-heading' && document.activeElement.textContent === words,
      heading,
    )
    .catch(async (error: unknown) => {
      throw new Error(`It never came to “${heading}”; the page says: ${await page.locator('main').innerText()}`, {
        cause: error,
      })
    })
}
