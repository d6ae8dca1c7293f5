"""A yes and a no stay as they were given: the database itself refuses to change or delete them."""

from django.db import migrations

A_YES_STAYS = """
create function decisions_stay() returns trigger language plpgsql as $$
begin
    raise exception 'What was decided cannot be changed; decide anew.';
end $$;
create trigger decisions_stay before update or delete on decisions_decision
    for each row execute function decisions_stay();
create trigger decisions_stay before update or delete on decisions_vote
    for each row execute function decisions_stay();
"""
UNDO = """
drop trigger decisions_stay on decisions_decision;
drop trigger decisions_stay on decisions_vote;
drop function decisions_stay();
"""


class Migration(migrations.Migration):
    dependencies = [("decisions", "0003_desk")]
    operations = [migrations.RunSQL(A_YES_STAYS, UNDO)]
