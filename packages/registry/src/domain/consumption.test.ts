import { expect, test } from 'vitest'
import { clientName } from './consumption.ts'

test.each([
  ['packer/1.16.0 (+https://www.packer.io/; go1.22.0; linux/amd64)', 'packer/1.16.0'],
  ['terraform-provider-hcp/0.112.0', 'terraform-provider-hcp/0.112.0'],
  ['curl', 'curl'],
  ['', ''],
  ['<script>', ''],
  [`${'x'.repeat(50)}/1`, ''],
])('%s is %s', (told, name) => {
  expect(clientName(told)).toBe(name)
})
