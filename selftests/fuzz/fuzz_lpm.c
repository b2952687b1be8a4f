// SPDX-License-Identifier: GPL-2.0
/*
 * The trie of lpm.c, and the edits of edit.c below it, against a sorted array. Old roots are
 * read on as a reader would, until what they lost is freed.
 *
 * Input: key length, then operations. Keys are few, or no two would share anything.
 */
#include "../../kmod/lib/lpm.h"
#include "../../kmod/lib/edit.h"
#include "fuzz.h"

#include <linux/errno.h>
#include <linux/minmax.h>
#include <linux/slab.h>

#define KEY_BYTES	(VPC_LPM_MAX_BITS / 8)
#define ENTRIES_MAX	64
#define OLD_MAX		3

enum op {
	OP_SET,
	OP_SET_AGAIN,	/* twice the chance */
	OP_DEL,
	OP_DEL_NTH,	/* of a prefix that is there */
	OP_LOOK,	/* as is done after every other operation too */
	OP_COMMIT,
	OP_ABORT,
	OP_FAIL,	/* an allocation to come */
	OP_CLEAR,
	OP_MAX
};

struct entry {
	u8 key[KEY_BYTES];
	u8 plen;
	u64 value;
};

/* In the order of the trie: by key, then the shorter prefix first. */
struct model {
	struct entry entries[ENTRIES_MAX];
	unsigned int count;
};

/**
 * struct version - a trie and what must be in it
 * @lpm: the trie
 * @model: what must be in it
 * @edit: its replacement by the next version
 */
struct version {
	struct vpc_lpm lpm;
	struct model model;
	struct vpc_edit edit;
};

/**
 * struct state - one run
 * @old: published before, oldest first; readers may still be there
 * @old_count: how many
 * @base: what is published
 * @cur: as @base, changed by the edit that is open
 * @bits: key length
 * @edits: how many there were
 */
struct state {
	struct version old[OLD_MAX];
	unsigned int old_count;
	struct version base;
	struct version cur;
	u8 bits;
	u64 edits;
};

static bool bit_of(const u8 *key, unsigned int bit)
{
	return key[bit / 8] & 0x80 >> bit % 8;
}

static bool covers(const struct entry *entry, const u8 *key, u8 plen)
{
	unsigned int i;

	if (entry->plen > plen)
		return false;
	for (i = 0; i < entry->plen; i++) {
		if (bit_of(entry->key, i) != bit_of(key, i))
			return false;
	}
	return true;
}

static int compare(const struct entry *entry, const u8 *key, u8 plen)
{
	int diff = memcmp(entry->key, key, KEY_BYTES);

	return diff ? diff : entry->plen - plen;
}

/* First entry that is not before @key/@plen. */
static unsigned int model_place(const struct model *model, const u8 *key, u8 plen)
{
	unsigned int i;

	for (i = 0; i < model->count; i++) {
		if (compare(&model->entries[i], key, plen) >= 0)
			break;
	}
	return i;
}

/* @key with zeros beyond @plen */
static void key_mask(u8 *to, const u8 *key, u8 plen)
{
	unsigned int i;

	memset(to, 0, KEY_BYTES);
	for (i = 0; i < plen; i++)
		to[i / 8] |= bit_of(key, i) << (7 - i % 8);
}

static struct entry *model_find(struct model *model, const u8 *key, u8 plen)
{
	u8 masked[KEY_BYTES];
	struct entry *entry;

	key_mask(masked, key, plen);
	entry = &model->entries[model_place(model, masked, plen)];
	if (entry == model->entries + model->count || compare(entry, masked, plen))
		return NULL;
	return entry;
}

static void model_add(struct model *model, const u8 *key, u8 plen, u64 value)
{
	struct entry new = { .plen = plen, .value = value };
	unsigned int place;

	key_mask(new.key, key, plen);
	place = model_place(model, new.key, plen);
	memmove(&model->entries[place + 1], &model->entries[place],
		(model->count - place) * sizeof(new));
	model->entries[place] = new;
	model->count++;
}

static void model_del(struct model *model, struct entry *entry)
{
	model->count--;
	memmove(entry, entry + 1, (model->entries + model->count - entry) * sizeof(*entry));
}

static const struct entry *model_lookup(const struct model *model, const u8 *key, u8 bits)
{
	const struct entry *best = NULL;
	unsigned int i;

	for (i = 0; i < model->count; i++) {
		if (covers(&model->entries[i], key, bits) &&
		    (!best || model->entries[i].plen > best->plen))
			best = &model->entries[i];
	}
	return best;
}

static void check_lookup(const struct version *v, const u8 *key)
{
	const struct entry *want = model_lookup(&v->model, key, v->lpm.bits);
	u8 *exact = copy_of(key, v->lpm.bits / 8);
	u8 plen = 0xa5;
	u64 value = 0;

	CHECK(vpc_lpm_lookup(&v->lpm, exact, &value, &plen) == !!want);
	if (want)
		CHECK(value == want->value && plen == want->plen);
	CHECK(vpc_lpm_lookup(&v->lpm, exact, &value, NULL) == !!want);
	free(exact);
}

static void check_find(struct version *v, const u8 *key, u8 plen)
{
	const struct entry *want = model_find(&v->model, key, plen);
	u64 value = 0;

	CHECK(vpc_lpm_find(&v->lpm, key, plen, &value) == !!want);
	if (want)
		CHECK(value == want->value);
}

/* The step from @key/@plen, whether that is there or not. */
static void check_next(const struct version *v, const u8 *key, u8 plen)
{
	struct vpc_lpm_iter iter = { .plen = plen, .started = true };
	const struct model *model = &v->model;
	const struct entry *want;

	key_mask(iter.key, key, plen);
	want = &model->entries[model_place(model, iter.key, plen)];
	if (want < model->entries + model->count && !compare(want, iter.key, plen))
		want++;
	CHECK(vpc_lpm_next(&v->lpm, &iter) == (want < model->entries + model->count));
	if (want < model->entries + model->count)
		CHECK(!compare(want, iter.key, iter.plen) && iter.value == want->value);
}

static void check_walk(const struct version *v)
{
	struct vpc_lpm_iter iter = {};
	unsigned int i;

	CHECK(v->lpm.count == v->model.count);
	for (i = 0; i < v->model.count; i++) {
		CHECK(vpc_lpm_next(&v->lpm, &iter));
		CHECK(!compare(&v->model.entries[i], iter.key, iter.plen));
		CHECK(iter.value == v->model.entries[i].value);
	}
	CHECK(!vpc_lpm_next(&v->lpm, &iter));
}

static void check_version(struct version *v, const u8 *key, u8 plen)
{
	check_walk(v);
	check_lookup(v, key);
	check_find(v, key, plen);
	check_next(v, key, plen);
}

static void check_all(struct state *s, const u8 *key, u8 plen)
{
	unsigned int i;

	for (i = 0; i < s->old_count; i++)
		check_version(&s->old[i], key, plen);
	check_version(&s->base, key, plen);
	check_version(&s->cur, key, plen);
}

static void edit_begin(struct state *s)
{
	shim_slab.fail_at = 0;
	vpc_edit_begin(&s->cur.edit, ++s->edits);
}

/* No reader is left at the oldest version: what it alone had is freed. */
static void reap_oldest(struct state *s)
{
	vpc_edit_reap(&s->old[0].edit);
	s->old_count--;
	memmove(&s->old[0], &s->old[1], s->old_count * sizeof(s->old[0]));
}

static void commit(struct state *s)
{
	if (s->old_count == OLD_MAX)
		reap_oldest(s);
	shim_slab.fail_at = 1;		/* cannot fail: it needs no memory */
	vpc_edit_commit(&s->cur.edit);
	CHECK(shim_slab.fail_at == 1);
	s->base.edit = s->cur.edit;
	s->old[s->old_count++] = s->base;
	s->base = s->cur;
	edit_begin(s);
}

static void abort_edit(struct state *s)
{
	vpc_edit_abort(&s->cur.edit);
	s->cur = s->base;
	edit_begin(s);
}

/* Did memory run out, as it must when an allocation failed? Such an edit can only be aborted. */
static bool failed(struct state *s, int err, bool failing)
{
	CHECK((err == -ENOMEM) == (failing && !shim_slab.fail_at));
	if (err != -ENOMEM)
		return false;
	abort_edit(s);
	return true;
}

static void set(struct state *s, const u8 *key, u8 plen, u64 value, bool ask)
{
	struct entry *entry = model_find(&s->cur.model, key, plen);
	bool failing = shim_slab.fail_at, added = !entry;
	u8 *exact;
	int err;

	if (!entry && s->cur.model.count == ENTRIES_MAX)
		return;
	exact = copy_of(key, s->bits / 8);
	err = vpc_lpm_set(&s->cur.lpm, &s->cur.edit, exact, plen, value, ask ? &added : NULL);
	free(exact);
	if (failed(s, err, failing))
		return;
	CHECK(!err);
	CHECK(added == !entry);
	if (entry)
		entry->value = value;
	else
		model_add(&s->cur.model, key, plen, value);
}

static void del(struct state *s, const u8 *key, u8 plen)
{
	struct entry *entry = model_find(&s->cur.model, key, plen);
	u8 *exact = copy_of(key, s->bits / 8);
	bool failing = shim_slab.fail_at;
	int err;

	err = vpc_lpm_del(&s->cur.lpm, &s->cur.edit, exact, plen);
	free(exact);
	if (failed(s, err, failing))
		return;
	CHECK(err == (entry ? 0 : -ENOENT));
	if (entry)
		model_del(&s->cur.model, entry);
}

static void clear(struct state *s)
{
	bool failing = shim_slab.fail_at;
	int err;

	err = vpc_lpm_clear(&s->cur.lpm, &s->cur.edit);
	if (failed(s, err, failing))
		return;
	CHECK(!err && !s->cur.lpm.root);
	s->cur.model.count = 0;
}

/* One of a few patterns, with up to two bits turned. */
static void take_key(struct state *s, struct input *in, u8 *key)
{
	static const u8 patterns[] = { 0x00, 0xff, 0x0a, 0x80 };
	u8 shape = take8(in), bit;
	unsigned int i;

	memset(key, 0, KEY_BYTES);
	memset(key, patterns[shape % ARRAY_SIZE(patterns)], s->bits / 8);
	for (i = 0; i < (shape >> 2) % 3; i++) {
		bit = take8(in) % s->bits;
		key[bit / 8] ^= 0x80 >> bit % 8;
	}
}

static void step(struct state *s, struct input *in)
{
	u8 op = take8(in), key[KEY_BYTES], plen, nth;
	struct entry entry;

	take_key(s, in, key);
	plen = take8(in) % (s->bits + 1);
	switch (op % OP_MAX) {
	case OP_SET:
	case OP_SET_AGAIN:
		/* Values of both halves, and hardly two alike */
		set(s, key, plen, (u64)take8(in) << 32 | in->left, op & 0x80);
		break;
	case OP_DEL:
		del(s, key, plen);
		break;
	case OP_DEL_NTH:
		nth = take8(in);
		if (!s->cur.model.count)
			break;
		entry = s->cur.model.entries[nth % s->cur.model.count];
		del(s, entry.key, entry.plen);
		break;
	case OP_COMMIT:
		commit(s);
		break;
	case OP_ABORT:
		abort_edit(s);
		break;
	case OP_FAIL:
		shim_slab.fail_at = take8(in) % 16;
		break;
	case OP_CLEAR:
		clear(s);
		break;
	}
	check_all(s, key, plen);
}

/* A trie of n prefixes has at most n - 1 joints, and nothing else is allocated any more. */
static void finish(struct state *s)
{
	abort_edit(s);
	while (s->old_count)
		reap_oldest(s);
	check_walk(&s->base);
	CHECK(shim_slab.live >= s->base.model.count);
	CHECK(shim_slab.live < 2 * s->base.model.count || !shim_slab.live);
	vpc_lpm_destroy(&s->base.lpm);
	CHECK(!shim_slab.live && !s->base.lpm.root && !s->base.lpm.count);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	static const u8 lengths[] = { 32, 128, 8, 24 };
	struct input in = { data, size };
	static struct state s;

	s = (struct state){ .bits = lengths[take8(&in) % ARRAY_SIZE(lengths)] };
	s.base.lpm = (struct vpc_lpm)VPC_LPM_INIT(s.bits);
	s.cur.lpm = s.base.lpm;
	edit_begin(&s);
	while (in.left)
		step(&s, &in);
	finish(&s);
	return 0;
}
