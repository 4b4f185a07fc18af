/** A page or session that is not there, and where to go from here. */
import { Message } from '@/components/ui/message';

export default function NotFound() {
  return (
    <Message title="There is nothing here">
      The session may have been deleted, or the address has a typing mistake. The demo session is always
      there.
    </Message>
  );
}
