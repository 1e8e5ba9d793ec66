/**
 * HTTP front doors: dyndns2 and its dialects, the API of the command line, the console, DNS over
 * HTTPS.
 *
 * <p>A front door parses and translates; it never decides who may change what. No SQL enters here,
 * and a DNS message only as octets that pass through.
 *
 * <p>Start reading at {@link net.homeport.web.WebListener}: every path and its handler stand there.
 */
@NullMarked
package net.homeport.web;

import org.jspecify.annotations.NullMarked;
