import { expect, it } from 'vitest'
import { operationsPage, storedOperationsPage } from './operations-page.ts'

it('docs/operations.md says what the tables of operations say', () => {
  expect(storedOperationsPage()).toBe(operationsPage())
})
