import { compileFigures } from '../../../surveys/counting/count-answer.ts'
import type { AnalysisPlan, Answers, Questions } from '../../../surveys/question-set.ts'
import type { TestResponseView } from '../schema/test-responses.ts'
import { answerInWords } from '../../../surveys/definition/choice-words.ts'
import { definitionOf } from '../../../surveys/definition/definition.ts'

interface Content {
  sha256: string
  questions: Questions
  plan: AnalysisPlan
}

/** Reads one set of answers after another by the same content: in words, and what each does to every figure. */
export function compileReading(content: Content): (answers: Answers) => Pick<TestResponseView, 'reading' | 'unread'> {
  const definition = definitionOf(content)
  const figures = compileFigures(definition, content.plan)
  return (answers) => {
    const [problem] = definition.check(answers, { complete: true })
    if (problem)
      return {
        reading: null,
        unread: `The answers do not fit the draft as it is now: ${[problem.place, problem.message].filter(Boolean).join(': ')}.`,
      }
    const asked = content.questions.pages.flatMap((page) => definition.visibleQuestions(page, answers))
    const words = asked.map((question) => ({
      question: question.name,
      title: question.title,
      lines: answerInWords(question, answers),
    }))
    return { reading: { words, ...figures(answers) }, unread: null }
  }
}
