// The words that help at the point of writing knows. Data: add to them what readers of this field know.

/** Read by everyone who is asked: never to be spelt out. */
export const knownAbbreviations = ['GP', 'NHS', 'CQC', 'UK', 'PDF', 'TV', 'OK', 'ID']

/** Words that are written in capitals to stress them: no abbreviations. */
export const stressedWords =
  'ALL AND ANY ARE DO EACH EVER IN IS IT MUST NEVER NO NONE NOT OF ON ONE ONLY OR THE TO WE YES YOU'.split(' ')

/** One thing said with two words: not two questions. Both words are written as they stand. */
export const joinedPhrases = [
  'accident and emergency',
  'better or worse',
  'black and minority ethnic',
  'care and support',
  'children and young people',
  'equality and diversity',
  'evenings and weekends',
  'family and friends',
  'friends and family',
  'he or she',
  'health and care',
  'health and safety',
  'health and social care',
  'health and wellbeing',
  'him or her',
  'his or her',
  'his or their',
  'learning and development',
  'more or less',
  'nights and weekends',
  'now and then',
  'once or twice',
  'open and honest',
  'policies and procedures',
  'pros and cons',
  'rarely or never',
  'safe and well',
  'sooner or later',
  'terms and conditions',
  'trial and error',
  'voluntary and community',
  'yes or no',
]

/** After *or*: another way to say the same question, not a second one. */
export const openEndings =
  'above after any anyone anything below else fewer less more not older other others otherwise over similar under younger'.split(
    ' ',
  )

export const negatives = 'barely cannot hardly neither never nobody none nor not nothing rarely without'.split(' ')
/** Words with a negative in them: doubled by a negative beside them. */
export const negativeWords =
  'disagree dissatisfied impossible inadequate incomplete ineffective insufficient unable unaware unclear unhappy unlikely unnecessary unsafe unsatisfied unwilling'.split(
    ' ',
  )

/** Wording that suggests an answer. */
export const leadingPhrases = [
  'as everyone knows',
  'as you know',
  'clearly',
  'do you agree that',
  "don't you",
  "isn't it",
  'most people',
  'naturally',
  'obviously',
  'of course',
  'surely',
  'undoubtedly',
  "wouldn't you",
]
