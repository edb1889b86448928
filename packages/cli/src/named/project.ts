import type { Client, Project } from '@ingot/client'
import { NotFoundError } from '../explain.ts'

/**
 * A project by its name or its id.
 *
 * @throws NotFoundError with those there are; ClientError
 */
export async function projectCalled(client: Client, word: string): Promise<Project> {
  const projects = await client.projects.list()
  const found = projects.find(({ id }) => id === word) ?? projects.find(({ name }) => name === word)
  if (found) return found
  const known = projects.map(({ name }) => name).join(', ')
  throw new NotFoundError(`There is no project ${word}. There are: ${known}.`)
}
