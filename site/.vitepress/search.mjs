/** The weight of a section in the ranking. It is sent to the browser as text, so it refers to nothing outside of itself. */
function boostDocument(id, _term, { titles }) {
  const [, kind] = id.match(/\/docs\/([a-z-]+)/) ?? []
  const weight = { tutorials: 1.5, 'how-to': 2, reference: 2, explanation: 1.4, lab: 0.8, glossary: 1, decisions: 0.3 }[kind]
  const isIndex = /\/(#|$)/.test(id)
  const isStartOfPage = titles.length === 0 && !isIndex
  return (weight ?? 0.3) * (isStartOfPage ? 3 : 1)
}

/** Options of MiniSearch: whole words and their beginnings, titles above text, the start of a page above its sections. */
export const searchOptions = {
  combineWith: 'AND',
  prefix: true,
  fuzzy: (term) => (term.length > 5 ? 0.2 : false),
  boost: { title: 6, titles: 2, text: 1 },
  boostDocument,
}
