import { createRoot } from 'react-dom/client'
import { flushSync } from 'react-dom'
import type { Questionnaire } from '../../server/responses/schema.ts'
import type { Page } from '../../surveys/question-set.ts'
import { registerQuestionRenderers } from '../components/questions/register.tsx'
import { keepFocus } from './keep-focus.ts'
import { createQuestionnaireModel, setAnswer } from '../components/questions/questionnaire-model.ts'
import { RespondApp } from './respond-app.tsx'
import { Saving } from './saving.ts'
import { fetchQuestionnaire } from './server.ts'
import { readTypedAnswers } from './typed-answers.ts'

// A page that shows a refusal is answered the plain way: its errors are the server's.
const showsRefusal = () => document.querySelector('.govuk-error-summary') !== null

/** Takes over from the plain form, with what was typed into it meanwhile. Where anything is amiss, the plain form stays. */
async function takeOver(root: HTMLElement): Promise<void> {
  const { endpoint, page: pageName } = root.dataset
  if (!endpoint || !pageName || showsRefusal()) return
  const questionnaire = await fetchQuestionnaire(endpoint)
  const page = questionnaire?.questions.pages.find(({ name }) => name === pageName)
  const form = root.querySelector('form')
  if (questionnaire && page && form) draw(root, form, questionnaire, page)
}

function draw(root: HTMLElement, form: HTMLFormElement, questionnaire: Questionnaire, page: Page): void {
  const { endpoint = '', returnTo, personalLink, linkIsNew } = root.dataset
  const model = createQuestionnaireModel(questionnaire.questions, questionnaire.answers)
  model.currentPage = model.getPageByName(page.name)
  const saving = new Saving(endpoint, model, questionnaire)
  for (const [name, answer] of readTypedAnswers(form, page)) setAnswer(model, name, answer)
  registerQuestionRenderers()
  const issued = personalLink ? { address: personalLink, justIssued: linkIsNew === 'true' } : undefined
  keepFocus(() => {
    flushSync(() =>
      createRoot(root).render(
        <RespondApp {...{ model, questionnaire, saving }} returnTo={returnTo || undefined} personalLink={issued} />,
      ),
    )
  })
}

const root = document.getElementById('respond')
if (root) void takeOver(root)
