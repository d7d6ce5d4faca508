import { serviceName } from '../../http/page.ts'
import type { Template } from '../rules/template.ts'
import type { TemplateKind } from '../rules/template-fields.ts'

const confidentiality = `# What happens to your answers

- They are confidential, not anonymous: until the date below, the people who run the survey can tell which service an answer came from.
- Results are published only as figures for groups. A group of fewer than {{smallest_group}} answers is hidden.
- Comments are read by people cleared to do so. One may be quoted by role and type of service, never by name.
- On {{deleted_on}} your contact details and the connection between {{service}} and its answers are deleted.
- You can withdraw your answers until the survey closes.

More about privacy: {{privacy_link}}`

const declining = `# If you do not want to take part

Taking part is voluntary. To decline: {{decline_link}}

To get no more messages about this survey: {{unsubscribe_link}}`

const signature = `# Questions

Reply to this message.

${serviceName}`

const takesPart = `It is part of a review of how well older people move between hospital, home and care services in {{system}}, and what could be better. Services like yours see what works and what does not.`

const onlyThisService =
  'This link is for {{service}} only. If you manage several services, each gets its own message. You may pass this message to a colleague who knows better.'

/** The words of each kind of message, until a collection has its own. */
export const shippedTemplates: Record<TemplateKind, Template> = {
  invitation: {
    subject: '{{service}}: please answer "{{survey}}" by {{closes}}',
    body: `Dear {{contact_name}},

We invite you to answer the survey "{{survey}}" for {{service}}.

${takesPart}

It takes about {{minutes}} minutes. You can stop and come back: what you have answered is kept. The survey closes at the end of {{closes}}.

[Answer the survey]({{link}})

${onlyThisService}

${confidentiality}

${declining}

${signature}`,
  },
  // Shorter words brought more answers in the trial that reporting practice rests on.
  reminder: {
    subject: 'Reminder: {{service}}, "{{survey}}" closes on {{closes}}',
    body: `Dear {{contact_name}},

We have no finished answer from {{service}} yet. The survey takes about {{minutes}} minutes and closes at the end of {{closes}}. What you have answered so far is kept.

[Answer the survey]({{link}})

Your answers are confidential, not anonymous. More about privacy: {{privacy_link}}

Taking part is voluntary. To decline: {{decline_link}}

To get no more messages about this survey: {{unsubscribe_link}}

${signature}`,
  },
  thank_you: {
    subject: 'Thank you: "{{survey}}" for {{service}}',
    body: `Dear {{contact_name}},

Thank you for answering the survey "{{survey}}" for {{service}}. Your answers are part of the review of {{system}}.

They can be withdrawn until the end of {{closes}}: {{withdraw_link}}

On {{deleted_on}} your contact details and the connection between {{service}} and its answers are deleted. More about privacy: {{privacy_link}}

To get no more messages about this survey: {{unsubscribe_link}}

${signature}`,
  },
  results_released: {
    subject: 'The results of "{{survey}}" are final',
    body: `Dear {{contact_name}},

You answered the survey "{{survey}}" for {{service}}. Thank you. Its results are now final.

# Where to read them

They go into the published report of the review of {{system}}. If you would like the figures themselves, reply to this message.

Results are figures for groups. A group of fewer than {{smallest_group}} answers is hidden, so that no answer can be traced to a person or a service.

To get no more messages about this survey: {{unsubscribe_link}}

${signature}`,
  },
  link_again: {
    subject: '{{service}}: your link to "{{survey}}"',
    body: `Dear {{contact_name}},

Here is the link for {{service}} again. What you have answered so far is kept. The survey takes about {{minutes}} minutes and closes at the end of {{closes}}.

[Answer the survey]({{link}})

Your answers are confidential, not anonymous. More about privacy: {{privacy_link}}

Taking part is voluntary. To decline: {{decline_link}}

${signature}`,
  },
  passed_on: {
    subject: '{{service}}: a colleague asks you to answer "{{survey}}"',
    body: `Dear {{contact_name}},

Somebody at {{service}} was invited to answer the survey "{{survey}}" and named you as the right person to do so. They gave us your name and address for this alone.

${takesPart}

It takes about {{minutes}} minutes. You can stop and come back: what you have answered is kept. The survey closes at the end of {{closes}}.

[Answer the survey]({{link}})

This link is for {{service}} only, and replaces the one that your colleague had.

${confidentiality}

${declining}

${signature}`,
  },
  coordinator: {
    subject: 'Please pass on: "{{survey}}" in {{system}}, until {{closes}}',
    body: `Dear {{contact_name}},

You coordinate the survey "{{survey}}" for {{organisation}}. Please pass the words below on to everyone there who works with older people, at every grade.

Your own page counts the answers, and nothing else: {{progress_link}}

# The words to pass on

We are looking at how well the people and organisations around older people work together in {{system}}. Your view counts, whatever your role. It takes about {{minutes}} minutes. The survey closes at the end of {{closes}}.

[Answer the survey]({{link}})

We do not ask for your name, and your employer does not see what you answer. Results are published only for groups; a group of fewer than {{smallest_group}} answers is hidden. More about privacy: {{privacy_link}}

Taking part is voluntary: who does not want to needs to do nothing.

${signature}`,
  },
  finish_later: {
    subject: 'Your link to finish "{{survey}}"',
    body: `You asked for this link, to finish the survey "{{survey}}" later. What you have answered so far is kept. The survey closes at the end of {{closes}}.

[Finish the survey]({{link}})

Keep this message to yourself: who has the link can read and change your answers. We delete your address when you submit them.

More about privacy: {{privacy_link}}

If you did not ask for this link, ignore this message.

${signature}`,
  },
}
