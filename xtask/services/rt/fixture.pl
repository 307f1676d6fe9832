# One queue, as a help desk has it; everything else is as Request Tracker comes.
@Queues = ({ Name => 'Helpdesk', Description => 'IT Helpline', CorrespondAddress => 'helpdesk@rt.test', CommentAddress => 'comment@rt.test' });
@ACL = map { { GroupDomain => 'SystemInternal', GroupType => 'Everyone', Right => $_ } } qw(SeeQueue CreateTicket ReplyToTicket);
