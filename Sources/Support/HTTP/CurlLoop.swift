import CCurl

/// What the driver's thread does: commands, transfers, deadlines. Lives and ends on that thread.
final class CurlLoop {
    private let multi: UnsafeMutableRawPointer
    private let configuration: HTTPClient.Configuration
    private var transfers: [ObjectIdentifier: CurlTransfer] = [:]

    init(_ multi: UnsafeMutableRawPointer, _ configuration: HTTPClient.Configuration) {
        self.multi = multi
        self.configuration = configuration
    }

    func run(_ driver: CurlDriver) {
        var isEnding = false
        while !isEnding {
            for command in driver.takeCommands() {
                if case .end = command { isEnding = true } else { perform(command) }
            }
            if isEnding { break }
            var running: Int32 = 0
            curl_multi_perform(multi, &running)
            endFinished()
            let wait = endLate()
            // The shortest wait wins: libcurl's own timers, our deadlines, a wake-up.
            curl_multi_poll(multi, nil, 0, wait, nil)
        }
        for transfer in transfers.values {
            transfer.exchange.fail(HTTPError.ended)
            curl_multi_remove_handle(multi, transfer.handle)
        }
        transfers = [:]
    }

    private func perform(_ command: CurlDriver.Command) {
        switch command {
        case .add(let exchange): add(exchange)
        case .drop(let exchange): remove(ObjectIdentifier(exchange))
        case .resume(let exchange):
            guard exchange.unpause(), let transfer = transfers[ObjectIdentifier(exchange)] else { return }
            transfer.resumed()
            curl_easy_pause(transfer.handle, CURLPAUSE_CONT)
        case .resumeUpload(let exchange):
            guard let transfer = transfers[ObjectIdentifier(exchange)] else { return }
            // Goes on in both directions; a reader that is behind pauses its own again at the next bytes.
            curl_easy_pause(transfer.handle, CURLPAUSE_CONT)
        case .end: break
        }
    }

    private func add(_ exchange: HTTPExchange) {
        // Cancelled before its turn came: there is no handle to free yet.
        guard !exchange.isOver else { return }
        guard let transfer = CurlTransfer(exchange, configuration) else {
            exchange.fail(HTTPError.badURL)
            return
        }
        guard curl_multi_add_handle(multi, transfer.handle) == CURLM_OK else {
            exchange.fail(HTTPError.ended)
            return
        }
        transfers[ObjectIdentifier(exchange)] = transfer
    }

    private func remove(_ id: ObjectIdentifier) {
        guard let transfer = transfers.removeValue(forKey: id) else { return }
        curl_multi_remove_handle(multi, transfer.handle)
    }

    private func endFinished() {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle,
                let context = curl_get_context(handle)
            else { continue }
            let result = curl_message_result(message)
            let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
            transfer.ended(result)
            remove(ObjectIdentifier(transfer.exchange))
        }
    }

    /// Ends what is late, and gives the milliseconds until the next deadline.
    private func endLate() -> Int32 {
        let now = ContinuousClock.now
        var nearest = Duration.seconds(60)
        for (id, transfer) in transfers {
            guard let (stage, moment) = transfer.deadline else { continue }
            if moment <= now {
                transfer.exchange.fail(HTTPError.timeout(stage))
                remove(id)
            } else {
                nearest = min(nearest, moment - now)
            }
        }
        let (seconds, attoseconds) = nearest.components
        return Int32(seconds * 1000 + attoseconds / 1_000_000_000_000_000) + 1
    }
}
