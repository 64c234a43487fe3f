import { AdminPeoplePage } from '../../members/admin/admin-people-page.tsx'
import { DeskLayout } from '../../frame/desk-layout.tsx'
import type { Page } from '../../frame/page.ts'

const page: Page = () => <AdminPeoplePage />
page.layout = DeskLayout
page.title = 'admin.people'
export default page
