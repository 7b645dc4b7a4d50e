// SPDX-License-Identifier: GPL-3.0-or-later
#include "mailbox/imap_act.h"

static fallible with_set(struct imap *im, const char *verb, const int64_t *uid, isize n,
                         const char *flags, str folder, isize *used)
{
    struct imap_command c = imap_begin(im, verb);
    *used = imap_command_set(&c, uid, n);
    if (flags != NULL)
        imap_command_word(&c, flags);
    if (folder.n > 0)
        imap_command_folder(&c, folder);
    return imap_do(im, &c);
}

static fallible create(struct imap *im, str folder)
{
    struct imap_command c = imap_begin(im, "CREATE");
    imap_command_folder(&c, folder);
    return imap_do(im, &c);
}

// Into a folder that may not be there yet (RFC 3501 7.1, TRYCREATE).
static fallible into_folder(struct imap *im, const char *verb, const int64_t *uid, isize n,
                            str folder, isize *used)
{
    enum err err = with_set(im, verb, uid, n, NULL, folder, used);
    if (err != ERR_DENIED || !str_eq_nocase(im->refusal_code, S("TRYCREATE")))
        return err;
    ctx_forgive(im->cx);
    TRY(create(im, folder));
    return with_set(im, verb, uid, n, NULL, folder, used);
}

static fallible delete_some(struct imap *im, const int64_t *uid, isize n, isize *used)
{
    isize gone;
    TRY(with_set(im, "UID STORE", uid, n, "+FLAGS.SILENT (\\Deleted)", S(""), used));
    // Without UIDPLUS there is only EXPUNGE, which takes what others marked as well.
    return im->can & IMAP_CAN_UIDPLUS
               ? with_set(im, "UID EXPUNGE", uid, *used, NULL, S(""), &gone)
               : OK;
}

enum err imap_act_move(struct imap *im, const int64_t *uid, isize n, str folder)
{
    isize used, gone;
    for (isize i = 0; i < n; i += used) {
        bool move = (im->can & IMAP_CAN_MOVE) != 0;
        TRY(into_folder(im, move ? "UID MOVE" : "UID COPY", uid + i, n - i, folder, &used));
        if (!move)
            TRY(delete_some(im, uid + i, used, &gone));
    }
    return OK;
}

enum err imap_act_flag(struct imap *im, const int64_t *uid, isize n)
{
    const char *flags = im->keywords ? "+FLAGS.SILENT ($Staffel)" : "+FLAGS.SILENT (\\Flagged)";
    isize used;
    for (isize i = 0; i < n; i += used)
        TRY(with_set(im, "UID STORE", uid + i, n - i, flags, S(""), &used));
    return OK;
}

enum err imap_act_delete(struct imap *im, const int64_t *uid, isize n)
{
    isize used;
    for (isize i = 0; i < n; i += used)
        TRY(delete_some(im, uid + i, n - i, &used));
    return OK;
}
