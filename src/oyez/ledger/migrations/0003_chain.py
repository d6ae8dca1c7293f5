"""A chain beside the events, which shows when one of them has been changed (ADR 17)."""

import django.db.models.deletion
from django.db import migrations, models

# Whatever writes an event, an older worker or a restore too: it waits for its link from then on.
# The one change that an event allows is to lose its name; a name, to be erased.
STAYS = """
create function ledger_await_link() returns trigger language plpgsql as $$
begin
    insert into ledger_unlinked (event) values (new.id);
    return null;
end $$;
create trigger ledger_await_link after insert on ledger_event
    for each row execute function ledger_await_link();

create or replace function ledger_append_only() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and new.by_name = '' and to_jsonb(new) - 'by_name' = to_jsonb(old) - 'by_name' then
        return new;
    end if;
    raise exception 'The record of events cannot be changed.';
end $$;

create function ledger_link_stays() returns trigger language plpgsql as $$
begin
    raise exception 'The chain of events cannot be changed.';
end $$;
create trigger ledger_link_stays before update or delete on ledger_link
    for each row execute function ledger_link_stays();

create function ledger_name_stays() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and new.erased and new.name = '' and new.salt = ''::bytea
        and (new.by_kind, new.by_id, new.signature) = (old.by_kind, old.by_id, old.signature) then
        return new;
    end if;
    raise exception 'A name in the record can only be erased.';
end $$;
create trigger ledger_name_stays before update or delete on ledger_name
    for each row execute function ledger_name_stays();
"""
UNDO = """
drop trigger ledger_name_stays on ledger_name;
drop function ledger_name_stays();
drop trigger ledger_link_stays on ledger_link;
drop function ledger_link_stays();
drop trigger ledger_await_link on ledger_event;
drop function ledger_await_link();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0002_append_only'),
    ]

    operations = [
        migrations.CreateModel(
            name='Link',
            fields=[
                ('position', models.BigIntegerField(primary_key=True, serialize=False)),
                ('event', models.BigIntegerField(unique=True)),
                ('linked_at', models.DateTimeField()),
                ('digest', models.BinaryField()),
                ('head', models.BinaryField()),
                ('seal', models.BinaryField()),
                ('key', models.CharField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name='Name',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_kind', models.CharField(max_length=40)),
                ('by_id', models.CharField(max_length=80)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('salt', models.BinaryField()),
                ('signature', models.BinaryField()),
                ('erased', models.BooleanField(db_default=False, default=False)),
            ],
        ),
        migrations.CreateModel(
            name='SealingKey',
            fields=[
                ('id', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('sealed', models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name='Unlinked',
            fields=[
                ('event', models.BigIntegerField(primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name='Verification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('position', models.BigIntegerField()),
                ('head', models.BinaryField()),
                ('broken_at', models.BigIntegerField(null=True)),
                ('what', models.CharField(blank=True, max_length=20)),
                ('says', models.TextField(blank=True)),
            ],
        ),
        migrations.AddConstraint(
            model_name='name',
            constraint=models.UniqueConstraint(condition=models.Q(('erased', False)), fields=('by_kind', 'by_id', 'name'), name='one_row_a_name'),
        ),
        migrations.AddField(
            model_name='link',
            name='name',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='ledger.name'),
        ),
        migrations.AddIndex(
            model_name='verification',
            index=models.Index(fields=['-at'], name='verification_at'),
        ),
        migrations.RunSQL(STAYS, UNDO),
    ]
