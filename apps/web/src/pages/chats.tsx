import { ChatsPage } from '../conversations/chats-page.tsx'
import { DeskLayout } from '../frame/desk-layout.tsx'
import type { Page } from '../frame/page.ts'

const page: Page = () => <ChatsPage />
page.layout = DeskLayout
page.title = 'chats.title'
export default page
