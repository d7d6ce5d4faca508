import type { Browser } from 'playwright-core'
import { launchChromium } from './chromium.ts'
import { startSite, type Site } from './site.ts'

/** One for all test files of a process, which leave nothing in it: every visitor has a context of their own. */
export let browser: Browser
/** A new one for each test file. */
export let site: Site

export async function startRunningSite(): Promise<void> {
  browser ??= await launchChromium()
  site = await startSite()
}

export async function stopRunningSite(): Promise<void> {
  for (const context of browser.contexts()) await context.close()
  await site.stop()
}
