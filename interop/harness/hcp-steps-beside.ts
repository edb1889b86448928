import { expect } from 'vitest'
import type { HcpClientName } from './hcp-client.ts'
import type { HcpStep } from './hcp-steps.ts'

const uuid = expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/)
const project = { id: uuid, parent: { type: 'ORGANIZATION', id: uuid }, state: 'ACTIVE' }

interface Beside {
  readonly client: HcpClientName
  readonly steps: readonly HcpStep[]
}

/** What clients of packer's interface call on the way. */
export const hcpStepsBeside: readonly Beside[] = [
  {
    client: 'organizations',
    steps: [
      {
        operation: 'OrganizationServiceList',
        answer: { organizations: [{ id: uuid, state: 'ACTIVE' }] },
      },
      {
        operation: 'OrganizationServiceGet',
        params: ({ organization }) => ({ ID: organization }),
        answer: { organization: { id: uuid, state: 'ACTIVE' } },
      },
    ],
  },
  {
    client: 'projects',
    steps: [
      {
        operation: 'ProjectServiceList',
        params: ({ organization }) => ({ ScopeID: organization, ScopeType: 'ORGANIZATION' }),
        answer: { projects: [project] },
      },
      {
        operation: 'ProjectServiceGet',
        params: ({ project: ID }) => ({ ID }),
        answer: { project },
      },
    ],
  },
  {
    client: 'operations',
    steps: ['Wait', 'Get'].map((operation) => ({
      operation,
      params: ({ operation: ID }) => ({ ID, ...(operation === 'Wait' ? { Timeout: '5s' } : {}) }),
      answer: { operation: { id: expect.any(String), state: 'DONE' } },
    })),
  },
]
