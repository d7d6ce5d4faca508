import { html, type Html } from '../../http/html.ts'
import { respondentPage } from '../../http/respondent-page.ts'

const information = (title: string, body: Html): Html =>
  respondentPage({
    title,
    body: html`<h1 class="govuk-heading-l">${title}</h1>
${body}`,
  })

const heading = (text: string) => html`<h2 class="govuk-heading-m">${text}</h2>
`
const paragraph = (text: string) => html`<p class="govuk-body">${text}</p>
`
const list = (
  items: readonly string[],
) => html`<ul class="govuk-list govuk-list--bullet">${items.map((item) => html`<li>${item}</li>`)}</ul>
`

/** What is stored, who sees it, and for how long: as the software does it. */
export const privacyPage = (): Html =>
  information(
    'Privacy notice',
    html`${paragraph('This notice is about the surveys of local system reviews. The organisation that runs the review decides what the answers are used for. To reach it, reply to the email that brought your link.')}
${heading('If you were invited by email')}
${paragraph('We hold:')}${list(['what the public register of care services says about your service', 'the name and email address of its manager, as they were given to the review', 'your answers, and when they were saved and submitted', 'which emails were sent to you, and whether the mail server took them', 'when you began and finished answering, and whether you told us that you do not want to take part, that you no longer provide the service or that nobody was discharged to you, took that back, or withdrew', 'if you passed the survey on: the name and email address of your colleague beside your own, so that you can take that back'])}
${paragraph('If a colleague named you as the right person to answer, we hold your name and email address as they gave them to us, and use them for this survey only.')}
${paragraph('Your answers are confidential, but not anonymous: until the end of the retention period the review’s data team can tell which service gave them.')}
${heading('If a colleague passed a link on to you')}
${paragraph('We hold your answers, when they were saved and submitted, and which shared link you used. We do not ask for your name, and for your email address only if you want us to send you your own link. The link of your own that brings you back to your answers is stored only in a form from which it cannot be read.')}
${heading('If you asked for a link to finish later')}
${paragraph('We hold the address that you gave us until you submit or withdraw your answers, and delete it then. If you do neither, it is deleted with the other contact details. It is used for nothing else.')}
${heading('What we do not hold')}
${paragraph('We do not store network addresses, and we do not use cookies, trackers or statistics about visits on the pages of a survey. Our emails do not report whether they were opened. Addresses from which wrong links are tried again and again are counted in memory for 15 minutes, and never written down. Where a survey is answered through a link that is passed on, a code made from the address and the kind of browser is held in memory until midnight, so that we notice when many answers come from one place; it is never written down or joined to an answer.')}
${paragraph('Of a preview of a survey, which says on every page that it is one, we keep nothing that is entered.')}
${heading('Who sees what')}
${list([
  'Everyone: figures for groups of people. Figures that rest on too few answers are hidden, by fixed rules.',
  'Reviewers: the same figures for the areas that they review. Only those who are cleared for it may read what people wrote in their own words, and a quotation leaves without names or places.',
  'Analysts: may be given single answers without the service, the provider or the place, to check and study the figures. Each time is written down.',
  'Administrators: who was invited, who has answered, declined or withdrawn, and how many; not what anybody answered.',
])}
${heading('How long we keep it')}
${paragraph('The first page of a survey names the date. After it, contact details and whatever connects answers to a service or a link are deleted. The answers that remain can no longer be traced to you by us.')}
${heading('Your choices')}
${paragraph('Taking part is your choice, and you can leave out any question. Until a survey closes you can take back what you told us instead of answering, and withdraw with your link, and your answers are deleted at once: we keep only that there was a response, and that it was withdrawn. Later, and for anything else that you have a right to ask about your data, reply to the email that brought your link.')}`,
  )

/** Says what was done and what was not. */
export const accessibilityPage = (): Html =>
  information(
    'Accessibility statement',
    html`${paragraph('We want as many people as possible to be able to answer. On the pages of a survey you should be able to:')}
${list(['use everything with a keyboard alone, with speech recognition or with a screen reader', 'zoom in to 400% without text running off the screen', 'answer with scripts switched off, on an old computer or on a phone', 'take your time: nothing runs out, and what you saved stays'])}
${heading('How accessible it is')}
${paragraph('The pages follow the GOV.UK Design System and are built to meet the Web Content Accessibility Guidelines, version 2.2, level AA. They have been tested by their makers, with automatic checks and by hand. They have not been audited by anyone independent, and not been tested by people who use assistive technology every day.')}
${heading('What we know does not work well')}
${list(['Long lists of statements take many steps with a screen reader, because each statement is a group of its own.', 'The number of characters left in a long answer is counted only where scripts are switched on.'])}
${heading('If you cannot use it')}
${paragraph('Reply to the email that brought your link, or ask the person who passed it on. You can answer on paper or by telephone instead. Tell us, too, about anything that gets in your way.')}`,
  )

export const cookiesPage = (): Html =>
  information(
    'Cookies',
    html`${heading('If you answer a survey')}
${paragraph('We set no cookies at all, and store nothing in your browser. Your link is all that is needed.')}
${heading('If you work for the review and sign in')}
${paragraph('One cookie keeps you signed in. It is called “session” or “__Host-session”, holds a random number, is sent to this service alone, cannot be read by scripts, and ends when you sign out. It is needed for the service to work, so we do not ask whether we may set it.')}
${paragraph('We use no other cookies, for statistics or for anything else.')}`,
  )
