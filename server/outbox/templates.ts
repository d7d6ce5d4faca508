import { html, type Html } from '../http/html.ts'
import type { Part } from './rules/mail-parts.ts'

/** The plain and the HTML form of a message. Nothing is loaded from elsewhere and nothing is followed. */
export function renderBody(title: string, parts: readonly Part[]): { text: string; html: string } {
  return { text: `${parts.map(asText).join('\n\n')}\n`, html: document(title, parts).text }
}

function asText(part: Part): string {
  if ('heading' in part) return part.heading.toUpperCase()
  if ('paragraph' in part) return wrap(part.paragraph)
  if ('list' in part) return part.list.map((item) => wrap(`- ${item}`, '  ')).join('\n')
  if ('runs' in part) return wrap(part.runs.map((run) => ('url' in run ? run.url : run.text)).join(''))
  return `${part.action}:\n${part.url}`
}

/** Lines of at most 72 characters: they travel as they are, in any mail program. */
function wrap(text: string, indent = ''): string {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const line = lines.at(-1)
    if (line !== undefined && line.length + 1 + word.length <= 72) lines[lines.length - 1] = `${line} ${word}`
    else lines.push(lines.length === 0 ? word : indent + word)
  }
  return lines.join('\n')
}

const paragraphStyle = 'margin:0 0 16px;font-size:16px;line-height:24px'

function asHtml(part: Part): Html {
  if ('heading' in part) return html`<h2 style="margin:24px 0 8px;font-size:18px;line-height:26px">${part.heading}</h2>`
  if ('paragraph' in part) return html`<p style="${paragraphStyle}">${part.paragraph}</p>`
  if ('list' in part)
    return html`<ul style="margin:0 0 16px;padding-left:20px;font-size:16px;line-height:24px">${part.list.map((item) => html`<li>${item}</li>`)}</ul>`
  if ('runs' in part)
    return html`<p style="${paragraphStyle}">${part.runs.map((run) => ('url' in run ? link(run.url) : run.text))}</p>`
  const button = html`<a href="${part.url}" style="display:inline-block;padding:10px 18px;background:#1d4f60;color:#ffffff;font-weight:bold;text-decoration:none">${part.action}</a>`
  return html`<p style="${paragraphStyle}">${button}</p><p style="${paragraphStyle}">If the button does not work, copy this address:<br>${link(part.url)}</p>`
}

const link = (url: string) => html`<a href="${url}" style="color:#1d4f60">${url}</a>`

function document(title: string, parts: readonly Part[]): Html {
  return html`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head>
<body style="margin:0;padding:24px;background:#ffffff;color:#0b0c0c;font-family:Arial,Helvetica,sans-serif"><div style="max-width:600px">
${parts.map((part) => html`${asHtml(part)}\n`)}</div></body></html>
`
}
