import { expect, test } from 'vitest'
import { readQuestionSetFile } from '../../../server/question-sets/import/read-question-set-file.ts'
import { draftToFile } from '../../../server/question-sets/export.ts'
import { convert } from './convert.ts'
import { processorMs } from '../../until.ts'

const question = { type: 'comment', name: 'q', title: 'Why?', maxLength: 5 }
const at = 'pages.0.elements.0'

/** What becomes of one element of HTML, and all that is told of it. */
function convertHtml(element: object) {
  const { questions, lost } = convert({
    title: 'Set',
    pages: [{ name: 'page', title: 'Page', elements: [{ type: 'html', name: 'intro', ...element }, question] }],
  })
  const told = lost.filter(({ place }) => place.startsWith(at)).map(({ place, message }) => `${place}: ${message}`)
  return { note: questions.pages[0]?.elements[0], told }
}

const notKept = `${at}.html: markup is not kept, its words are`

test.each([
  ['plain text as it is', 'One & two.\n\nThree.', { html: 'One & two.\n\nThree.' }, []],
  [
    'paragraphs and line breaks',
    '<div>\n<p class="x">One\n <b>bo</b>ld.</p><p>Two<br/>lines</p></div>',
    { html: 'One bold.\n\nTwo\n\nlines' },
    [notKept],
  ],
  [
    'headings and lists as paragraphs',
    '<h3 style="color: red">About <i>you</i></h3>Some words.<ul><li>One</li><li>Two</li></ul>',
    { html: 'About you\n\nSome words.\n\nOne\n\nTwo' },
    [notKept],
  ],
  [
    'the characters of codes',
    'Caf&#233; &amp; &quot;bar&quot;&nbsp;now &unknown; &lt;',
    { html: 'Café & "bar" now &unknown; less than' },
    [
      notKept,
      `${at}.html: answers are not put into texts, and < > are written in words: “Café & "bar" now &unknown; <” became “Café & "bar" now &unknown; less than”`,
    ],
  ],
  ['no comments and no styles', '<style>p { color: red }</style><!-- <p>no</p> -->Yes', { html: 'Yes' }, [notKept]],
  ['the cells of a table apart', '<table><tr><td>a</td><td>b</td></tr></table>', { html: 'a\n\nb' }, [notKept]],
])('an element of HTML keeps %s', (_, html, words, told) => {
  expect(convertHtml({ html })).toEqual({ note: { type: 'html', name: 'intro', ...words }, told })
})

test('its title is the heading, and a heading in the text a paragraph', () => {
  expect(convertHtml({ title: 'Own', html: '<h2>Second</h2><p>Text</p>' }).note).toEqual({
    type: 'html',
    name: 'intro',
    title: 'Own',
    html: 'Second\n\nText',
  })
})

test('one language is kept, signs are put into words, and what is too long is cut off and told', () => {
  const { note, told } = convertHtml({ html: { default: '<p>2 &lt; 3 {q}</p>', fr: '<p>Non</p>' }, width: '50%' })
  expect(note).toEqual({ type: 'html', name: 'intro', html: '2 less than 3 …' })
  expect(told).toHaveLength(4)
  expect(told.join()).toContain('only one language is kept')
  expect(told.join()).toContain('width is not kept')
  expect(convertHtml({ html: 'x'.repeat(3000) }).told).toEqual([
    `${at}.html: a text has 2000 characters at most: the rest is cut off`,
  ])
})

test.each([['<p> </p>'], ['<h2></h2>'], ['<img src="x.png">'], [undefined], [7]])(
  'an element of HTML without words (%j) is left out and told, unless they can be read',
  (html) => {
    const { note, told } = convertHtml({ html })
    if (html === 7) expect(note).toMatchObject({ type: 'html', html: '7' })
    else {
      expect(note).toMatchObject({ name: 'q' })
      expect(told).toContain(`${at}: “intro” is left out: it has no words`)
    }
  },
)

test('its condition is kept; a condition on it is not, and a set of text alone is refused', () => {
  const asks = { type: 'radiogroup', name: 'asks', title: 'Any?', choices: ['yes', 'no'] }
  const { questions, lost } = convert({
    pages: [
      { elements: [{ type: 'html', name: 'intro', html: 'Hello' }, asks] },
      {
        elements: [
          { type: 'html', name: 'more', html: 'You said yes', visibleIf: "{asks} = 'yes'" },
          { ...question, visibleIf: '{intro} notempty' },
        ],
      },
    ],
  })
  expect(questions.pages[1]?.elements).toEqual([
    { type: 'html', name: 'more', html: 'You said yes', visibleIf: "{asks} = 'yes'" },
    question,
  ])
  expect(lost.find(({ place }) => place === 'pages.1.elements.1.visibleIf')?.message).toContain(
    '“intro”, which is no question of this set',
  )
  expect(
    readQuestionSetFile(JSON.stringify({ elements: [{ type: 'html', name: 'hello', html: 'Hello' }] })),
  ).toMatchObject({
    ok: false,
    problems: [{ place: 'file', message: 'this file has no question that can be kept' }],
  })
})

test('a megabyte of broken markup is read in no time', async () => {
  const pieces = ['<p ', '<!--', '<style ', '&#', '<h1', '<td onx', ' on', '\n ', 'a<']
  for (const piece of pieces) {
    const html = piece.repeat(Math.floor(900_000 / piece.length))
    const file = JSON.stringify({ elements: [{ type: 'html', name: 'a', html }, question] })
    expect(await processorMs(() => readQuestionSetFile(file)), piece).toBeLessThan(2000)
  }
})

test('our own file comes back with its headings and paragraphs', () => {
  const intro = { type: 'html', name: 'intro', title: 'Hello', html: 'One.\n\nTwo.', provenance: 'Ours' }
  const questions = { title: 'Set', pages: [{ name: 'page', title: 'Page', elements: [intro, question] }] }
  const { plan } = convert(questions)
  const read = readQuestionSetFile(JSON.stringify(draftToFile({ questions, plan: { ...plan } })))
  expect(read).toMatchObject({ ok: true, kind: 'footbridge', questions, plan, lost: [] })
  expect(convert(questions).questions).toEqual(questions)
})
