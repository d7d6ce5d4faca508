// What a mode of fielding means. Nowhere else is a mode asked for by its name: a kind of collection that is added here behaves by what it says.
import { z } from 'zod'

interface Meaning {
  /**
   * The services of a frame are asked by name: each gets an invitation with a link of its own, a plan of mailings, and a place in the
   * register that its answers are held against.
   */
  invites: boolean
  /** Links are given to organisations and coordinators, who pass them on; how many people they reach is declared, not known. */
  passesLinks: boolean
  /** How many were asked is known: response rates, populations and providers exist. Otherwise respondents chose themselves, and there is participation. */
  hasRates: boolean
  words: {
    /** How people are reached: `People are reached by personal links, …`. */
    links: string
    /** Such a link, as a respondent is told of it. */
    link: string
    /** What is said beside a questionnaire that is chosen. */
    fielded: string
    /** Of the figures on who took part. */
    rates: string
  }
}

export const modes = {
  personal: {
    invites: true,
    passesLinks: false,
    hasRates: true,
    words: {
      links: 'Personal links, one for each service',
      link: 'a link of their own',
      fielded: 'A personal link for each service',
      rates: 'Response rates',
    },
  },
  cascade: {
    invites: false,
    passesLinks: true,
    hasRates: false,
    words: {
      links: 'Links that organisations pass on',
      link: 'a link that their organisation passes on',
      fielded: 'Links that organisations pass on',
      rates: 'Participation',
    },
  },
} as const satisfies Record<string, Meaning>

export type Mode = keyof typeof modes

export const modeNames = Object.keys(modes) as [Mode, ...Mode[]]
export const modeSchema = z.enum(modeNames)

/** What the mode of a collection, or of a question set's plan, means. */
export const modeOf = ({ mode }: { mode: Mode }): Meaning => modes[mode]

/** The modes that something holds for: `modesThat(({ invites }) => invites)`. */
export const modesThat = (holds: (meaning: Meaning) => boolean): Mode[] =>
  modeNames.filter((mode) => holds(modes[mode]))
