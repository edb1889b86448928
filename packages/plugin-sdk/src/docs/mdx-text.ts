/** Code in Markdown, in a fence or a line, which MDX leaves as it is. */
const CODE = /(```[\s\S]*?```|`[^`\n]*`)/

/** Markdown as MDX reads it alike: there, braces and angle brackets outside of code begin something else. */
export function mdxText(markdown: string): string {
  return markdown
    .split(CODE)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/(?<!\\)[{<]/g, '\\$&')))
    .join('')
}

/** The first sentence of a text, in one line, without Markdown's marks for code. */
export function firstSentence(markdown: string): string {
  const paragraph = markdown
    .trim()
    .split(/\n\s*\n/, 1)[0]!
    .replace(/\s+/g, ' ')
  return /^.*?[.!?](?=\s|$)/.exec(paragraph)?.[0] ?? paragraph
}
