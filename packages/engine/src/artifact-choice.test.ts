import { expect, test } from 'vitest'
import { ArtifactChoiceError, chooseArtifact, type PublishedArtifact } from './artifact-choice.ts'

const artifact = (platform: string, region: string, component = 'x.web'): PublishedArtifact => ({
  imageId: `${platform}-${region}`,
  platform,
  region,
  component,
  labels: {},
})
const artifacts = [
  artifact('aws', 'us-east-1'),
  artifact('aws', 'eu-west-1'),
  artifact('gce', 'europe', 'y.web'),
]

function refusal(choose: () => unknown): ArtifactChoiceError {
  try {
    choose()
  } catch (error) {
    expect(error).toBeInstanceOf(ArtifactChoiceError)
    return error as ArtifactChoiceError
  }
  throw new Error('one was chosen')
}

test('the one that matches everything that was asked is chosen', () => {
  expect(chooseArtifact(artifacts, { platform: 'aws', region: 'eu-west-1' }).imageId).toBe('aws-eu-west-1')
  expect(chooseArtifact(artifacts, { component: 'y.web' }).imageId).toBe('gce-europe')
  expect(chooseArtifact(artifacts.slice(0, 1), {}).imageId).toBe('aws-us-east-1')
})

test('labels must all be on the build, and are told when none has them', () => {
  const arm = { ...artifact('aws', 'us-east-1'), labels: { arch: 'arm', team: 'a' } }
  expect(chooseArtifact([...artifacts, arm], { labels: { arch: 'arm' } })).toBe(arm)
  const error = refusal(() => chooseArtifact([arm], { labels: { arch: 'arm', team: 'b' } }))
  expect(error.message).toContain('label arch=arm, label team=b')
})

test('when several match, exactly those are the candidates', () => {
  const error = refusal(() => chooseArtifact(artifacts, { platform: 'aws' }))
  expect(error).toMatchObject({ code: 'artifact.ambiguous', candidates: artifacts.slice(0, 2) })
  expect(error.message).toBe('2 artifacts match; say which.')
})

test('when none matches, all are the candidates', () => {
  const error = refusal(() => chooseArtifact(artifacts, { platform: 'aws', region: 'mars' }))
  expect(error).toMatchObject({ code: 'artifact.absent', candidates: artifacts })
  expect(error.message).toContain('platform aws, region mars')
  expect(refusal(() => chooseArtifact([], {})).message).toContain('no artifacts at all')
})
