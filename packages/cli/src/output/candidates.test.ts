import { expect, it } from 'vitest'
import { candidateTable } from './candidates.ts'

const artifact = (region: string, component: string, platform = 'aws') => ({
  imageId: `ami-${region}-${component}`,
  platform,
  region,
  component,
  labels: {},
})

it('names the one option that tells artifacts apart', () => {
  const text = candidateTable([artifact('us', 'ebs.web'), artifact('eu', 'ebs.web')])
  expect(text).toMatch(/--region us$/m)
  expect(text).not.toContain('--component')
})

it('names several options where one is not enough, and none that is empty', () => {
  const text = candidateTable([artifact('us', 'ebs.web'), artifact('us', 'ebs.db'), artifact('', 'ebs.db')])
  expect(text).toMatch(/--component ebs\.web --region us$/m)
  expect(text).toMatch(/ebs\.db +--component ebs\.db$/m)
})
