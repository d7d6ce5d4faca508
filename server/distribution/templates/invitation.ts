import { formatLondonDate } from '../../collections/rules/london-dates.ts'
import { serviceName } from '../../http/page.ts'
import { oneLine, renderBody, type Part } from './mail-body.ts'

export interface InvitationWords {
  service: string
  contactName: string | null
  system: string
  /** The title of the questionnaire. */
  title: string
  minutes: number
  closesAt: string
  retainUntil: string
  /** Groups of fewer answers are not published. */
  k: number
  /** Said first, such as that everything is synthetic. */
  notice: string | null
  link: string
  declineLink: string
  privacyLink: string
}

/** The invitation of one service; one manager of several services gets one for each, named. */
export function renderInvitation(words: InvitationWords): { subject: string; text: string; html: string } {
  const service = oneLine(words.service)
  const closes = formatLondonDate(words.closesAt)
  const subject = oneLine(`${service}: please answer "${words.title}" by ${closes}`)
  return { subject, ...renderBody(subject, parts({ ...words, service, closes })) }
}

function parts({ service, closes, ...words }: InvitationWords & { closes: string }): Part[] {
  const system = oneLine(words.system)
  return [
    ...(words.notice === null ? [] : [{ paragraph: oneLine(words.notice) }]),
    { paragraph: `Dear ${oneLine(words.contactName ?? '') || 'registered manager'},` },
    { paragraph: `We invite you to answer the survey "${oneLine(words.title)}" for ${service}.` },
    {
      paragraph: `It is part of a review of how well older people move between hospital, home and care services in ${system}, and what could be better. Services like yours see what works and what does not.`,
    },
    {
      paragraph: `It takes about ${words.minutes} minutes. You can stop and come back: what you have answered is kept. The survey closes at the end of ${closes}.`,
    },
    { action: 'Answer the survey', url: words.link },
    {
      paragraph: `This link is for ${service} only. If you manage several services, each gets its own message. You may pass this message to a colleague who knows better.`,
    },
    { heading: 'What happens to your answers' },
    {
      list: [
        'They are confidential, not anonymous: until the date below, the people who run the survey can tell which service an answer came from.',
        `Results are published only as figures for groups. A group of fewer than ${words.k} answers is hidden.`,
        'Comments are read by people cleared to do so. One may be quoted by role and type of service, never by name.',
        `On ${formatLondonDate(words.retainUntil)} your contact details and the connection between ${service} and its answers are deleted.`,
        'You can withdraw your answers until the survey closes.',
      ],
    },
    { before: 'More about privacy:', url: words.privacyLink },
    { heading: 'If you do not want to take part' },
    { before: 'Taking part is voluntary. To decline:', url: words.declineLink },
    { heading: 'Questions' },
    { paragraph: 'Reply to this message.' },
    { paragraph: serviceName },
  ]
}
