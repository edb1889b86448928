import { expect, it } from 'vitest'
import { errorsPage, storedErrorsPage } from './errors-page.ts'

it('docs/errors.md says what the table of refusals says', () => {
  expect(storedErrorsPage()).toBe(errorsPage())
})
