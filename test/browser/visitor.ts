import type { Browser, BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'

export interface Visitor {
  page: Page
  context: BrowserContext
  javaScript: boolean
  /** Ends the visit. Fails where the browser's console told of an error: a script's, a blocked resource, a breach of the security policy. */
  leave: () => Promise<void>
}

// What the page asks for and is refused, as it should be, Chromium reports as errors too.
const refusal = /^Failed to load resource: the server responded with a status of (400|404|409) /

export interface VisitorOptions {
  javaScript?: boolean
  /** Without JavaScript, but so that axe can look: the page's own scripts are empty, the browser runs what the test gives it. */
  inspected?: boolean
  /** CSS pixels; 320 is the narrowest that must do. */
  width?: number
  /** Of another visitor, to share cookies with: a second tab. */
  context?: BrowserContext
}

/** Somebody with a browser of their own, with JavaScript or without. */
export async function openVisitor(
  browser: Browser,
  { javaScript = true, inspected = false, width = 1280, context }: VisitorOptions = {},
): Promise<Visitor> {
  const own =
    context ??
    (await browser.newContext({
      javaScriptEnabled: javaScript || inspected,
      viewport: { width, height: 900 },
      locale: 'en-GB',
    }))
  // For what never comes: a busy machine may take many times as long as an idle one.
  own.setDefaultTimeout(60_000)
  const page = await own.newPage()
  if (inspected && !javaScript)
    await page.route('**/assets/*.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }))
  const amiss: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' && !refusal.test(message.text())) amiss.push(message.text())
  })
  page.on('pageerror', (error) => amiss.push(String(error)))
  const leave = async () => {
    await (context ? page.close() : own.close())
    expect(amiss, 'errors in the browser console').toEqual([])
  }
  return { page, context: own, javaScript, leave }
}
