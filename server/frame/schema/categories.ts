/** Reporting categories in their order of precedence: a location with several service types counts once, as the first of them. */
export const serviceCategories = [
  'nursing_home',
  'residential_care_home',
  'domiciliary_care',
  'extra_care_housing',
  'supported_living',
  'shared_lives',
] as const

export type ServiceCategory = (typeof serviceCategories)[number]

export const categoryLabels: Record<ServiceCategory, string> = {
  nursing_home: 'Nursing home',
  residential_care_home: 'Residential care home',
  domiciliary_care: 'Domiciliary care',
  extra_care_housing: 'Extra care housing',
  supported_living: 'Supported living',
  shared_lives: 'Shared lives',
}
