// Edits of the shipped information-flow set, and what the difference must say of each. Each touches what no other does.
import { cut, drop, pop, push, put, take, toFront, type Edit } from './edit-question-set.ts'

const comment = { type: 'comment', title: 'Anything else?', maxLength: 500 }

export const edits: [string, Edit, ...string[]][] = [
  [
    'a full stop',
    put('people_from_hospital', { description: 'Please think of people aged 65 or over, in the last three months' }),
    'correction: changed people_from_hospital, description',
  ],
  [
    'capitals',
    put('into_hospital', { title: 'When People Go Into Hospital' }),
    'correction: changed into_hospital, title',
  ],
  [
    'a comma',
    put('?hospital_names', { title: 'Which hospitals mainly?' }),
    'correction: changed people_from_hospital.hospital_names, title',
  ],
  [
    'a note',
    put('?works_well', { provenance: 'A note.' }),
    'correction: changed in_your_own_words.works_well, provenance',
  ],
  [
    'commas in a label',
    put('plan/indicators/summary_before_or_with_person', {
      label: 'Summary usually arrives before, or with, the person',
    }),
    'correction: changed plan.indicators.summary_before_or_with_person, label',
  ],
  [
    'a slip put in',
    put('?summary_received', { description: 'A slip.' }),
    'wording: added discharge_summaries.summary_received, description',
  ],

  [
    'another word',
    put('?who_chases', { title: 'Who always chases missing information?' }),
    'wording: changed after_leaving.who_chases, title',
  ],
  [
    'a small word',
    put('?weekend_information', { title: 'In evenings or at weekends, is the information better or worse?' }),
    'wording: changed assessments_and_weekends.weekend_information, title',
  ],
  [
    'a word left out',
    put('?should_change', { title: 'What thing should change?' }),
    'wording: changed in_your_own_words.should_change, title',
  ],
  [
    'a help text added',
    put('?information_agreement', { description: 'In writing.' }),
    'wording: added agreements.information_agreement, description',
  ],
  [
    'a help text taken away',
    drop('?trusted_assessor_used', 'description'),
    'wording: removed agreements.trusted_assessor_used, description',
  ],
  [
    'a help text said otherwise',
    put('?summary_route', { description: 'Choose one or more.' }),
    'wording: changed discharge_summaries.summary_route, description',
  ],
  [
    'the title of a page',
    put('what_you_are_told', { title: 'What the hospital tells you' }),
    'wording: changed what_you_are_told, title',
  ],
  [
    'help for a page',
    put('agreements', { description: 'With any hospital.' }),
    'wording: added agreements, description',
  ],
  ['the title of all', put('questions', { title: 'Leaving hospital' }), 'wording: changed questionnaire, title'],
  ['the minutes that people are told', put('plan', { minutes: 9 }), 'wording: changed plan, minutes'],

  [
    'a choice added',
    push('?who_chases/choices', { value: 'agency', text: 'An agency' }),
    'codes: added after_leaving.who_chases, choice agency',
  ],
  [
    'a choice removed',
    cut('?hospital_kinds/choices', 'community'),
    'codes: removed people_from_hospital.hospital_kinds, choice community',
  ],
  [
    'a choice said otherwise',
    put('?service_type/choices/other', { text: 'Something else' }),
    'codes: changed your_service.service_type, choice other',
  ],
  [
    'a full stop in a choice',
    put('?service_type/choices/nursing_home', { text: 'Nursing home.' }),
    'codes: changed your_service.service_type, choice nursing_home',
  ],
  [
    'the spelling of a choice',
    put('?service_type/choices/supported_living', { text: 'Suported living' }),
    'codes: changed your_service.service_type, choice supported_living',
  ],
  [
    'a code under the same words',
    put('?discharge_count/choices/twenty_or_more', { value: 'twenty_and_more' }),
    'codes: removed people_from_hospital.discharge_count, choice twenty_or_more',
    'codes: added people_from_hospital.discharge_count, choice twenty_and_more',
  ],
  [
    'a choice moved',
    toFront('?summary_timing/choices', 'later'),
    'codes: moved discharge_summaries.summary_timing, choice later',
  ],
  [
    'two choices under each other’s words',
    (set) => {
      put('?sends_information/choices/always', { text: 'Never' })(set)
      put('?sends_information/choices/never', { text: 'Always' })(set)
    },
    'codes: changed into_hospital.sends_information, choice always',
    'codes: changed into_hospital.sends_information, choice never',
  ],
  [
    'a choice that excludes the others no more',
    drop('?medicines_information/choices/dont_know', 'isExclusive'),
    'codes: changed what_you_are_told.medicines_information, choice dont_know',
  ],
  [
    'other, please say',
    put('?weekend_acceptance', { showOtherItem: true }),
    'codes: added assessments_and_weekends.weekend_acceptance, choice other',
  ],
  [
    'a row added',
    push('?consequences/rows', { value: 'lost', text: 'A person was lost' }),
    'codes: added what_happened.consequences, row lost',
  ],
  ['a row removed', cut('?on_arrival/rows', 'equipment'), 'codes: removed after_leaving.on_arrival, row equipment'],
  [
    'a row said otherwise',
    put('?on_arrival/rows/complete', { text: 'It is whole' }),
    'codes: changed after_leaving.on_arrival, row complete',
  ],
  [
    'a column removed',
    cut('?before_discharge/columns', 'dont_know'),
    'codes: removed before_leaving.before_discharge, column dont_know',
  ],

  [
    'an indicator added',
    push('plan/indicators', {
      id: 'chased_by_us',
      label: 'Own staff chase',
      variable: 'who_chases',
      counts: ['our_staff'],
    }),
    'plan: added plan.indicators.chased_by_us, indicator',
  ],
  [
    'an indicator removed',
    cut('plan/indicators', 'summary_over_three_quarters'),
    'plan: removed plan.indicators.summary_over_three_quarters, indicator',
  ],
  [
    'what an indicator counts',
    put('plan/indicators/information_rarely_or_never_sufficient', { counts: ['never'] }),
    'plan: changed plan.indicators.information_rarely_or_never_sufficient, counts',
  ],
  [
    'the question of an indicator',
    put('plan/indicators/summary_under_quarter', { variable: 'summary_timing' }),
    'plan: changed plan.indicators.summary_under_quarter, variable',
  ],
  [
    'a headline no more',
    drop('plan/indicators/summary_under_quarter', 'headline'),
    'plan: removed plan.indicators.summary_under_quarter, headline',
  ],
  [
    'the words of an indicator',
    put('plan/indicators/summary_under_quarter', { label: 'Hardly ever receive summaries' }),
    'plan: changed plan.indicators.summary_under_quarter, label',
  ],
  [
    'a scale',
    push('plan/scales', { id: 'openness', label: 'Openness', items: [{ variable: 'x' }] }),
    'plan: added plan.scales.openness, scale',
  ],
  [
    'a breakdown',
    push('plan/breakdowns', {
      id: 'agreement',
      label: 'Agreement',
      from: 'variable',
      variable: 'information_agreement',
    }),
    'plan: added plan.breakdowns.agreement, breakdown',
  ],
  ['groups of a breakdown', pop('plan/breakdowns/setting/groups'), 'plan: changed plan.breakdowns.setting, groups'],
  ['the cross', put('plan', { cross: ['system', 'service_type'] }), 'plan: changed plan, cross'],
  ['what means don’t know', push('plan/states/dontKnow', 'no_idea'), 'plan: added plan, states.dontKnow'],
  ['what means not applicable', pop('plan/states/notApplicable'), 'plan: removed plan, states.notApplicable'],
  [
    'what makes a response partial',
    put('plan', { leadIndicator: 'information_rarely_or_never_sufficient' }),
    'plan: changed plan, leadIndicator',
  ],
  ['what is only counted', push('plan/counted', 'weekend_acceptance'), 'plan: added plan, counted'],
  ['when nothing applies', drop('plan', 'notApplicableWhen'), 'plan: removed plan, notApplicableWhen'],

  [
    'a question added',
    push('in_your_own_words/elements', { ...comment, name: 'anything_else' }),
    'structure: added in_your_own_words.anything_else, question',
  ],
  [
    'a question removed',
    cut('assessments_and_weekends/elements', 'trusted_assessor_relied_on'),
    'structure: removed assessments_and_weekends.trusted_assessor_relied_on, question',
  ],
  [
    'a question moved within its page',
    toFront('people_from_hospital/elements', 'hospital_names'),
    'structure: moved people_from_hospital.hospital_names, question',
  ],
  [
    'a question moved to another page',
    (set) => push('what_happened/elements', take(set, 'before_leaving/elements', 'information_sufficient'))(set),
    'structure: moved what_happened.information_sufficient, question, from page before_leaving',
  ],
  [
    'another type',
    put('?older_people_discharged', { type: 'dropdown' }),
    'structure: changed your_service.older_people_discharged, type',
  ],
  [
    'a date in place of a text',
    put('?hospital_names', { inputType: 'date' }),
    'structure: changed people_from_hospital.hospital_names, type',
  ],
  [
    'a condition added',
    put('?weekend_acceptance', { visibleIf: "{weekend_information} = 'worse'" }),
    'structure: added assessments_and_weekends.weekend_acceptance, condition',
  ],
  ['a condition of a page', drop('after_leaving', 'visibleIf'), 'structure: removed after_leaving, condition'],
  [
    'required',
    put('?discharge_count', { isRequired: true }),
    'structure: changed people_from_hospital.discharge_count, required',
  ],
  ['a limit', put('?works_well', { maxLength: 1000 }), 'structure: changed in_your_own_words.works_well, maxLength'],
  ['the language', put('questions', { locale: 'cy' }), 'structure: changed questionnaire, language'],
  [
    'a page added',
    push('questions/pages', { name: 'last', title: 'Last', elements: [{ ...comment, name: 'last_words' }] }),
    'structure: added last, page',
    'structure: added last.last_words, question',
  ],
]
