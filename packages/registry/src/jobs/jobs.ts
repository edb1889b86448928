import type { Registry } from '../registry/registry.ts'
import type { Job } from './every.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Whatever a registry does without being asked. */
export function jobs(registry: Registry, renewCertificate: () => Promise<void>): readonly Job[] {
  return [
    {
      name: 'stalled builds',
      interval: minute,
      work: async () => void (await registry.builds.cancelStalled()),
    },
    {
      name: 'reads',
      interval: minute / 2,
      work: () => registry.consumers.write(),
    },
    {
      name: 'abandoned sboms',
      interval: hour,
      work: async () => void (await registry.sboms.removeAbandoned()),
    },
    // A registry that runs for a year must not end with its certificate.
    { name: 'certificate', interval: day, work: renewCertificate },
  ]
}
