import { createRoot } from 'react-dom/client'
import { registerQuestionRenderers } from '../components/questions/register.tsx'
import { createQuestionnaireModel } from './questionnaire-model.ts'
import { RespondApp } from './respond-app.tsx'
import { Saving } from './saving.ts'
import { fetchQuestionnaire, type SaveResult } from './server.ts'
import { readTypedAnswers } from './typed-answers.ts'

/** Takes over from the plain form, with what was typed into it meanwhile. Where anything is amiss, the plain form stays. */
async function takeOver(root: HTMLElement): Promise<void> {
  const { endpoint, page: pageName, service, returnTo } = root.dataset
  // A page that shows a refusal is answered the plain way: its errors are the server's.
  if (!endpoint || !pageName || document.querySelector('.govuk-error-summary')) return
  const questionnaire = await fetchQuestionnaire(endpoint)
  const page = questionnaire?.questions.pages.find(({ name }) => name === pageName)
  const form = root.querySelector('form')
  if (!questionnaire || !page || !form) return

  const { questions, answers, revision, hints = {} } = questionnaire
  const model = createQuestionnaireModel(questions, answers)
  model.currentPage = model.getPageByName(pageName)
  const listeners = new Set<(result: SaveResult) => void>()
  const saving = new Saving(endpoint, model, revision, (result) => listeners.forEach((listener) => listener(result)))
  const subscribe = (listener: (result: SaveResult) => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }

  const typed = readTypedAnswers(form, page)
  for (const [name, answer] of Object.entries(typed)) {
    if (JSON.stringify(answer) !== JSON.stringify((model.data as Record<string, unknown>)[name])) model.setValue(name, answer)
  }
  const focused = document.activeElement?.id
  registerQuestionRenderers()
  document.querySelectorAll('.govuk-back-link').forEach((link) => link.remove())
  createRoot(root).render(<RespondApp {...{ model, questions, hints, saving, subscribe }} returnTo={returnTo || undefined} serviceName={service ?? ''} />)
  if (focused) requestAnimationFrame(() => document.getElementById(focused)?.focus())
}

const root = document.getElementById('respond')
if (root) void takeOver(root)
