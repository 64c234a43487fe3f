import { CommunicationPage } from '../../communication/communication-page.tsx'
import { DeskLayout } from '../../frame/desk-layout.tsx'
import type { Page } from '../../frame/page.ts'

const page: Page = () => <CommunicationPage />
page.layout = DeskLayout
page.title = 'admin.communication'
export default page
