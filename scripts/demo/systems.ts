/** The 20 local systems that the regulator reviewed, as the authorities are named today. Everything else in the demonstration is made up. */
export const demoSystems = [
  ['birmingham', 'Birmingham', 'West Midlands', ''],
  ['bracknell_forest', 'Bracknell Forest', 'South East', ''],
  ['bradford', 'Bradford', 'Yorkshire and The Humber', ''],
  ['coventry', 'Coventry', 'West Midlands', ''],
  ['cumbria', 'Cumbria', 'North West', 'Cumberland;Westmorland and Furness'],
  ['east_sussex', 'East Sussex', 'South East', ''],
  ['halton', 'Halton', 'North West', ''],
  ['hampshire', 'Hampshire', 'South East', ''],
  ['hartlepool', 'Hartlepool', 'North East', ''],
  ['liverpool', 'Liverpool', 'North West', ''],
  ['manchester', 'Manchester', 'North West', ''],
  ['northamptonshire', 'Northamptonshire', 'East Midlands', 'North Northamptonshire;West Northamptonshire'],
  ['oxfordshire', 'Oxfordshire', 'South East', ''],
  ['plymouth', 'Plymouth', 'South West', ''],
  ['sheffield', 'Sheffield', 'Yorkshire and The Humber', ''],
  ['stockport', 'Stockport', 'North West', ''],
  ['stoke_on_trent', 'Stoke-on-Trent', 'West Midlands', ''],
  ['trafford', 'Trafford', 'North West', ''],
  ['wiltshire', 'Wiltshire', 'South West', ''],
  ['york', 'York', 'Yorkshire and The Humber', ''],
] as const

export const demoSystemCodes = demoSystems.map(([code]) => code)

export const systemsCsv = (): string =>
  ['code,name,region,local_authorities', ...demoSystems.map((row) => row.join(','))].join('\n')
