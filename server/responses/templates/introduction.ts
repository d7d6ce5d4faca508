import { formatLondonDate } from '../../time/london-dates.ts'
import { html, type Html } from '../../http/html.ts'
import { respondentPage } from '../../http/respondent-page.ts'

export interface Introduction {
  kind: 'invited' | 'resumed' | 'shared'
  title: string
  description?: string
  minutes: number
  system: string
  service?: string
  closesAt: string
  retainUntil: string
  base: string
  notice: string | null
  /** Where *Start* or *Continue* leads. */
  startAt: string
  begun: boolean
  declined: boolean
}

const paragraph = (text: Html | string) => html`<p class="govuk-body">${text}</p>
`

function whoAnswers({ kind, service, system }: Introduction): Html {
  if (kind === 'invited')
    return html`${paragraph(html`You are answering for <strong>${service}</strong>.`)}${paragraph(`This survey is part of the review of how health and social care work together in ${system}. It is sent to the registered managers of care services for older people there.`)}`
  return paragraph(
    `This survey is part of the review of how health and social care work together in ${system}. It is for everyone who works there in health or social care, in any role.`,
  )
}

function confidentiality({ kind, service, retainUntil }: Introduction): Html {
  const kept = formatLondonDate(retainUntil)
  const who =
    kind === 'invited'
      ? html`${paragraph(`Your answers are confidential, but not anonymous. Your link belongs to ${service ?? 'your service'}, so the review’s data team can tell which service answered.`)}
${paragraph(`That connection, and your email address, are deleted after ${kept}. Until then only the team uses them, to send invitations and to count answers.`)}`
      : html`${paragraph('Your answers are confidential. We do not ask who you are or where exactly you work, but we cannot promise that you are anonymous: what you write might show who you are.')}
${paragraph(`The way back to your answers, your own link, is deleted after ${kept}.`)}`
  return html`<h2 class="govuk-heading-m">Who sees what you say</h2>
${who}${paragraph('Results are published as figures for groups of people. A figure that rests on too few answers is not shown. Only cleared reviewers may read what you write in your own words, and they quote it only without names and places.')}
${paragraph(html`Taking part is your choice, and so is every question. Read the <a class="govuk-link" href="/privacy">privacy notice</a>.`)}`
}

const startButton = (
  href: string,
  words: string,
) => html`<a href="${href}" role="button" draggable="false" class="govuk-button">${words}</a>
`

function comingBack({ kind, closesAt }: Introduction): Html {
  const until = formatLondonDate(closesAt)
  if (kind === 'shared')
    return paragraph(
      `Your answers are saved page by page. After the first one you get a link of your own to come back to them, until the end of ${until}.`,
    )
  return paragraph(
    `Your answers are saved page by page. You can stop at any time and come back with the same link, on any device, until the end of ${until}.`,
  )
}

/** To an e-mail to oneself. */
export const laterLink = (base: string): Html =>
  html`<a class="govuk-link" href="${base}/later">Send yourself a link to finish later</a>`

/** To all that a person can do instead of answering. */
export const choicesLink = (base: string): Html =>
  html`<a class="govuk-link" href="${base}/decline">I cannot or do not want to answer</a>`

function waysOut({ kind, begun, base }: Introduction): Html | undefined {
  if (kind === 'shared') return undefined
  const choices = kind === 'invited' && paragraph(choicesLink(base))
  const withdraw =
    begun && paragraph(html`<a class="govuk-link" href="${base}/withdraw">Withdraw and delete my answers</a>`)
  return html`${choices}${withdraw}`
}

/** The first page: whose survey it is, how long it takes, who sees what, and where to start. */
export function introductionPage(options: Introduction): Html {
  const { title, description, minutes, closesAt, begun, declined, startAt } = options
  const body = html`<h1 class="govuk-heading-l">${title}</h1>
${declined && html`<div class="govuk-inset-text">You told us that you do not want to take part. If you have changed your mind, you can still answer, or <a class="govuk-link" href="${options.base}/undo">take back what you told us</a>.</div>`}
${begun && html`<div class="govuk-inset-text">You have started. Your answers so far are saved. You can <a class="govuk-link" href="${options.base}/later">send yourself a link to finish later</a>.</div>`}
${description && paragraph(description)}${whoAnswers(options)}
<ul class="govuk-list govuk-list--bullet"><li>It takes about ${minutes} minutes.</li><li>It closes at the end of ${formatLondonDate(closesAt)}.</li><li>No account or password is needed.</li></ul>
${comingBack(options)}
${startButton(startAt, begun ? 'Continue' : 'Start')}
${confidentiality(options)}
${waysOut(options)}`
  return respondentPage({ title, body, notice: options.notice })
}
