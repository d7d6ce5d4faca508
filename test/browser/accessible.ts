import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const wcag22aa = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const widths = [1280, 320]

/** Runs beside the page's own scripts, so that the security policy does not stop it; it needs a browser that runs scripts. */
async function violations(page: Page): Promise<string[]> {
  // In every frame: the one at the top asks the others. Half a megabyte, which stays as long as the document does.
  for (const frame of page.frames())
    if (!(await frame.evaluate(() => 'axe' in window))) await frame.evaluate(axe.source)
  const found = await page.evaluate(
    (tags) =>
      (window as unknown as { axe: typeof axe }).axe.run(document, {
        runOnly: { type: 'tag', values: tags },
        resultTypes: ['violations'],
      }),
    wcag22aa,
  )
  return found.violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html}`))
}

/** The page as it stands has no violation of WCAG 2.2 AA that axe finds, wide and narrow, and needs no sideways scrolling at 320 pixels. */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  // Its words may stand there before its styles do.
  await page.waitForLoadState('load')
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 })
    expect(await violations(page), `${name}, ${width} pixels wide`).toEqual([])
    const scrolled = await page.evaluate(() => document.scrollingElement?.scrollWidth ?? 0)
    expect(scrolled, `${name}: width of the page at ${width} pixels`).toBeLessThanOrEqual(width)
  }
  await page.setViewportSize({ width: widths[0]!, height: 900 })
}
