import { answerOrders } from './in-process.ts'
import { openRegistryObject, type RegistryObject } from './registry-object.ts'

/** Heartbeats told to a registry in this very process, so many at a time. */
export interface RegistryOrders {
  readonly publishers: number
  readonly seconds: number
}

/** Answers how many there were in a second. */
answerOrders(async ({ publishers, seconds }: RegistryOrders): Promise<number> => {
  await using object = await openRegistryObject()
  const beats = await openBuilds(object, publishers)
  const start = performance.now()
  const end = start + seconds * 1000
  let count = 0
  const publish = async (beat: () => Promise<unknown>) => {
    for (; performance.now() < end; count++) await beat()
  }
  await Promise.all(beats.map(publish))
  return (count * 1000) / (performance.now() - start)
})

/** A running build in a bucket of its own for each publisher; each beats when it is called. */
async function openBuilds(
  { registry, caller, project }: RegistryObject,
  publishers: number,
): Promise<(() => Promise<unknown>)[]> {
  const beats = Array.from({ length: publishers }, async (_, index) => {
    const version = { ...project, bucket: `bucket-${index}`, fingerprint: 'one' }
    await registry.buckets.create(caller, project, { name: version.bucket })
    await registry.versions.create(caller, version, { fingerprint: version.fingerprint })
    const { id: buildId } = await registry.builds.create(caller, version, { componentType: 'null.one' })
    return () => registry.builds.update(caller, { ...version, buildId }, { status: 'running' })
  })
  return await Promise.all(beats)
}
