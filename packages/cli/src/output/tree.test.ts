import { stripVTControlCharacters } from 'node:util'
import { expect, it } from 'vitest'
import { type Branch, treeText } from './tree.ts'

const leaf = (label: string, ...notes: string[]): Branch => ({ label, notes, children: [] })

it('draws branches with their notes in one column', () => {
  const tree: Branch = {
    label: 'base v12',
    notes: [],
    children: [
      { label: 'web v40', notes: ['production → v39', 'beta → empty'], children: [leaf('shop v1')] },
      leaf('worker v7', 'production → empty'),
    ],
  }
  expect(stripVTControlCharacters(treeText(tree))).toBe(
    [
      '  base v12',
      '  ├─ web v40      production → v39',
      '  │  │            beta → empty',
      '  │  └─ shop v1',
      '  └─ worker v7    production → empty',
    ].join('\n'),
  )
})
