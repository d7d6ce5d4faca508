/** Words that ONS, CQC and councils add to or leave out of an authority's name. */
const TITLES = new Set([
  'council',
  'city',
  'county',
  'borough',
  'metropolitan',
  'royal',
  'district',
  'unitary',
  'authority',
  'the',
  'of',
  'mbc',
])
const ALIASES: Record<string, string> = {
  hull: 'kingston upon hull',
  bcp: 'bournemouth christchurch and poole',
  scilly: 'isles scilly',
}

/**
 * One key for every way an authority's name is written: "Bristol, City of" and "Bristol"; "&" and "and"; "St. Helens" and
 * "St Helens"; "Stockton-on-Tees" and "Stockton on Tees"; "London Borough of Camden" and "Camden"; "Leeds City Council".
 */
export function authorityKey(name: string): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replace(/[\p{M}.'’]/gu, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .replace(/\blondon borough\b/, ' ')
    .trim()
    .split(/\s+/)
  const kept = words.filter((word) => !TITLES.has(word)).join(' ')
  return ALIASES[kept] ?? kept
}
