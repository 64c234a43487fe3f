import { FakeServer } from './fake-server.ts'
import { TestClock } from './test-clock.ts'

/** Two colleagues with a conversation between them. */
export function chat() {
  const server = new FakeServer()
  const clock = new TestClock()
  const [ana, ben] = [server.addMember('Ana'), server.addMember('Ben')]
  return { server, clock, ana, ben, conversationId: server.addConversation([ana, ben]) }
}

/** A promise and the means to settle it. */
export function later(): { promise: Promise<void>; arrive: () => void } {
  let arrive = () => {}
  const promise = new Promise<void>((resolve) => {
    arrive = resolve
  })
  return { promise, arrive }
}
