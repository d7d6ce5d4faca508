import { readFile } from 'node:fs/promises'
import { InvalidArgumentError, type Command } from 'commander'
import { findCollection } from '../collections/queries/collections.ts'
import { badRequest } from '../errors.ts'
import { queueTestMessage } from '../message-templates/queries/test-message.ts'
import {
  getMessageTemplate,
  restoreMessageTemplate,
  saveMessageTemplate,
} from '../message-templates/queries/templates.ts'
import { presentTemplate } from '../message-templates/rules/present-template.ts'
import type { Template } from '../message-templates/rules/template.ts'
import { isTemplateKind, templateKinds, type TemplateKind } from '../message-templates/rules/template-fields.ts'
import { exampleFor } from '../message-templates/queries/example.ts'
import { renderFor } from '../message-templates/queries/render-for.ts'
import { commandLineActor, print, type OpenContext } from './command.ts'

interface Options {
  location?: string
  json?: boolean
}

function parseKind(kind: string): TemplateKind {
  if (isTemplateKind(kind)) return kind
  throw new InvalidArgumentError(`It is one of ${templateKinds.join(', ')}.`)
}

/** `template …`: the words of a collection's messages. */
export function addTemplateCommands(program: Command, open: OpenContext): void {
  const template = program.command('template').description("the words of a collection's messages")
  const command = (name: string, description: string) =>
    template
      .command(name)
      .description(description)
      .argument('<collection>', 'identifier or name')
      .argument('<kind>', templateKinds.join(', '), parseKind)
      .option('--json', 'print JSON')
  const found = (collection: string, kind: TemplateKind) => {
    const { db, clock } = open()
    const { id } = findCollection(db, collection)
    const saved = getMessageTemplate(db, id, kind)
    const change = { collectionId: id, kind, actor: commandLineActor, now: clock(), revision: saved?.revision ?? 0 }
    return { db, id, saved, change }
  }

  command('show', 'print the words as they are, in the form that `set` reads').action(
    (name: string, kind: TemplateKind, { json }: Options) => {
      const shown = presentTemplate(kind, found(name, kind).saved)
      print(json, shown, () => writeWords(shown))
    },
  )
  command('set', 'replace the words; wrong ones change nothing')
    .argument('<file>', 'a first line "Subject: …", a blank line, then the message')
    .action(async (name: string, kind: TemplateKind, file: string, { json }: Options) => {
      const words = readWords(await readFile(file, 'utf8'))
      const { db, change } = found(name, kind)
      const saved = presentTemplate(kind, saveMessageTemplate(db, { ...change, ...words }))
      print(json, saved, () => `The words of ${kind} are saved.`)
    })
  command('restore', 'go back to the shipped words').action((name: string, kind: TemplateKind, { json }: Options) => {
    const { db, change } = found(name, kind)
    restoreMessageTemplate(db, change)
    print(json, presentTemplate(kind, undefined), () => `The words of ${kind} are as shipped.`)
  })
  command('preview', 'print a message as a recipient would see it, its links opening nothing; sends nothing')
    .option('--location <id>', 'whose names are shown; without it, the first service of the frame')
    .action((name: string, kind: TemplateKind, { location, json }: Options) => {
      const context = open()
      const { collection, fields, recipient } = exampleFor(context, found(name, kind).id, {
        kind,
        locationId: location,
      })
      const rendered = renderFor(context, collection, { kind, fields })
      print(json, { ...rendered, recipient }, () => writeWords({ subject: rendered.subject, body: rendered.text }))
    })
  command('test', 'send the words to an address, its links opening nothing')
    .argument('<address>')
    .action((name: string, kind: TemplateKind, to: string, { json }: Options) => {
      const { db, change } = found(name, kind)
      const sent = queueTestMessage(db, { ...change, to })
      print(json, sent, () => `A test is in the outbox for ${sent.to}; the running server sends it.`)
    })
}

const writeWords = ({ subject, body }: Template): string => `Subject: ${subject}\n\n${body.trimEnd()}`

function readWords(file: string): Template {
  const [, subject, body] = /^\uFEFF?Subject:[ \t]*([^\r\n]*)\r?\n\s*\n([\s\S]*)$/.exec(file) ?? []
  if (subject === undefined || body === undefined)
    throw badRequest('no_subject', 'The file must begin with a line "Subject: …", then a blank line, then the message.')
  return { subject, body: body.trimEnd() }
}
