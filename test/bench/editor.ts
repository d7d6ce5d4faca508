// How long a keystroke in the editor of question sets takes to stand in the live preview, in Chromium, with many questions.
import { rm } from 'node:fs/promises'
import { createSignInLink, saveStaff } from '../../server/accounts/queries.ts'
import { startDraft, updateDraft } from '../../server/question-sets/queries/drafts.ts'
import { addElement, addPage, elementAt, replaceElement, replacePage } from '../../surveys/editing/edit-question-set.ts'
import { questionKinds } from '../../surveys/editing/question-templates.ts'
import { kindOf, readDraft } from '../../surveys/editing/read-draft.ts'
import { launchChromium } from '../browser/chromium.ts'
import { figuresOf } from './figures.ts'
import { openScratchContext } from './scratch-collection.ts'
import { makeScratchFolder } from './scratch-server.ts'
import { freePort, startServer } from './server-process.ts'

export const questions = 100
const perPage = 10
const keystrokes = 200
const who = { actor: 'bench', now: new Date() }

/** Milliseconds from the key going down to the frame in which the preview shows the letter; `p95` and the middle. */
export async function measureEditor(): Promise<{ p50: number; p95: number; slowest: number }> {
  const folder = await makeScratchFolder()
  const { db, tokenKey } = openScratchContext(folder)
  makeDraft(db)
  const { id: staffId } = saveStaff(db, { email: 'bench@example.org', role: 'admin', now: who.now })
  const { token } = createSignInLink(db, { tokenKey, staffId, now: who.now })
  db.$client.close()
  const server = await startServer(folder, await freePort())
  const browser = await launchChromium()
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } })
    await page.goto(`${server.url}/sign-in/${token}`)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.waitForURL('**/console/**')
    await page.goto(`${server.url}/console/question-sets/bench/draft/edit?at=questions.pages.5.elements.4.title`)
    const field = page.getByLabel('Question', { exact: true })
    await page.frameLocator('iframe').getByText('Question 55?').waitFor()
    await field.focus()
    await page.keyboard.press('End')
    await page.evaluate(watchPreview)
    for (let typed = 0; typed < keystrokes; typed += 1) {
      await page.keyboard.press(typed % 7 === 6 ? 'Space' : 'x')
      await page.waitForFunction((count) => (window as unknown as { delays: number[] }).delays.length > count, typed)
    }
    const delays = await page.evaluate(() => (window as unknown as { delays: number[] }).delays)
    const { p50, p95 } = figuresOf(delays, 0)
    return { p50, p95, slowest: Math.max(...delays) }
  } finally {
    await browser.close()
    await server.stop()
    await rm(folder, { recursive: true })
  }
}

/** Runs in the page. */
function watchPreview(): void {
  const delays: number[] = []
  Object.assign(window, { delays })
  let pressed = 0
  addEventListener('keydown', () => (pressed = performance.now()), { capture: true })
  const body = document.querySelector('iframe')!.contentDocument!.body
  new MutationObserver(() => {
    const since = pressed
    pressed = 0
    // The frame after: by then it has been painted.
    if (since > 0) requestAnimationFrame(() => setTimeout(() => delays.push(performance.now() - since)))
  }).observe(body, { subtree: true, childList: true, characterData: true })
}

/** A draft of pages of ten questions of all kinds in turn; each page but the first is shown by an answer on the page before. */
function makeDraft(db: Parameters<typeof startDraft>[0]): void {
  const draft = startDraft(db, { slug: 'bench', newSet: { title: 'Bench', mode: 'personal' }, ...who })
  let set = readDraft(draft)
  for (let number = 1; number <= questions; number += 1) {
    const page = Math.floor((number - 1) / perPage)
    if (!set.questions.pages[page]) ({ set } = addPage(set, { page: page - 1 }))
    const { kind } = questionKinds[number % questionKinds.length]!
    const added = addElement(set, kind, { page })
    const element = elementAt(added.set, added.at)!
    set = replaceElement(added.set, added.at, {
      ...element,
      name: `question_of_${number}`,
      title: `Question ${number}?`,
    })
  }
  set.questions.pages.forEach((_, page) => {
    const gate = set.questions.pages[page - 1]?.elements.find((one) => kindOf(one, set.plan)?.kind === 'yes_no')
    if (gate) set = replacePage(set, { page }, { visibleIf: `{${gate.name}} = 'yes'` })
  })
  updateDraft(db, {
    slug: 'bench',
    revision: draft.revision,
    questions: { ...set.questions },
    plan: { ...set.plan },
    ...who,
  })
}
