"""A wording is what was approved: the database itself refuses to change it."""

from django.db import migrations

WORDS_STAY = """
create function posts_words_stay() returns trigger language plpgsql as $$
begin
    raise exception 'The words of a wording cannot be changed; make a new one.';
end $$;
create trigger posts_words_stay before update on posts_wording
    for each row when (old is distinct from new) execute function posts_words_stay();
"""
UNDO = "drop trigger posts_words_stay on posts_wording; drop function posts_words_stay();"


class Migration(migrations.Migration):
    dependencies = [("posts", "0001_initial")]
    operations = [migrations.RunSQL(WORDS_STAY, UNDO)]
